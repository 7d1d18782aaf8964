// For the docs: the same as for other pages that are read.
import "./text.js";
