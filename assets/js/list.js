// For pages that lead to others.
import { offerScheme } from "./scheme.js";
import { offerFilter } from "./filter.js";

document.addEventListener("DOMContentLoaded", () => {
  offerScheme();
  offerFilter();
});
