// For pages that are read.
import { offerScheme } from "./scheme.js";
import { offerCopy } from "./copy.js";
import { markContents } from "./contents.js";

document.addEventListener("DOMContentLoaded", () => {
  offerScheme();
  offerCopy();
  markContents();
});
