// Light or dark by the reader's choice, which this browser remembers. Without a choice the system decides, by CSS alone.
// It runs before the page is painted, so that nothing flashes.

const KEY = "scheme";
const root = document.documentElement;
const system = matchMedia("(prefers-color-scheme: dark)");

function chosen() {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null; // a browser that keeps nothing: the choice holds for this page
  }
}

function choose(scheme) {
  root.dataset.scheme = scheme;
  try {
    localStorage.setItem(KEY, scheme);
  } catch {
    return;
  }
}

const before = chosen();
if (before === "light" || before === "dark") root.dataset.scheme = before;

export function offerScheme() {
  const button = document.querySelector(".scheme");
  if (!button) return;
  const isDark = () => (root.dataset.scheme ? root.dataset.scheme === "dark" : system.matches);
  const show = () => button.setAttribute("aria-pressed", String(isDark()));
  button.addEventListener("click", () => {
    choose(isDark() ? "light" : "dark");
    show();
  });
  system.addEventListener("change", show);
  show();
  button.hidden = false;
}
