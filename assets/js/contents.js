// Marks, in the contents beside a text, the part that is being read, and opens them where there is room for them.

export function markContents() {
  const contents = document.querySelector(".contents");
  if (!contents) return;
  let beside; // whether there was room
  const fit = () => {
    const fits = getComputedStyle(contents).position === "sticky";
    if (fits !== beside) contents.open = beside = fits;
  };
  new ResizeObserver(fit).observe(document.body);

  const links = new Map();
  for (const link of contents.querySelectorAll("a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];
  let marked = null;
  const mark = () => {
    const left = document.documentElement.scrollHeight - scrollY - innerHeight;
    const line = left > 1 ? 48 : innerHeight / 2; // at the end of a page the last headings cannot come to the top
    const current = links.get(headings.findLast((heading) => heading.getBoundingClientRect().top < line));
    if (current === marked) return;
    marked?.removeAttribute("aria-current");
    current?.setAttribute("aria-current", "true");
    marked = current;
  };
  addEventListener("scroll", mark, { passive: true }); // an observer of headings hears nothing of a leap from gap to gap
}
