// For the docs: the same as for other pages that are read; and the margin shows where in the manual the reader is.
import "./text.js";

document.addEventListener("DOMContentLoaded", () => {
  const side = document.querySelector(".side");
  const here = side?.querySelector("[aria-current=page]");
  if (here) side.scrollTop = here.offsetTop - side.clientHeight / 2;
});
