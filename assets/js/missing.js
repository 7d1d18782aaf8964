// The page for an address where nothing is: the words of the address are searched for on request, and what comes near is offered.

const near = document.querySelector(".near");
const { bundle } = near.dataset;
const list = near.querySelector("ul");
const button = near.querySelector("button");
const status = near.querySelector("[role=status]");
const AT_MOST = 5;

// The last part of an address names the page: "/posts/my-first-pst.html" gives "first".
const words = () => {
  const last = decodeURIComponent(location.pathname).toLowerCase().split("/").filter(Boolean).at(-1) ?? "";
  const all = [...new Set(last.replace(/\.\w+$/, "").match(/[\p{L}\p{N}]{3,}/gu) ?? [])];
  const long = all.filter((word) => word.length > 3);
  return (long.length ? long : all).slice(0, 6);
};

// Pagefind wants every word to be there. One of them is wrong, or the page would have been found: each is asked alone.
// A word that is nowhere finds what begins like it, be it with one letter. Four are asked for.
const look = async (asked) => {
  const pagefind = await import(bundle + "pagefind.js");
  const answers = await Promise.all(asked.map((word) => pagefind.search(word)));
  const scores = new Map();
  for (const { id, score, data } of answers.flatMap((answer) => answer.results)) {
    scores.set(id, { score: score + (scores.get(id)?.score ?? 0), data });
  }
  const best = [...scores.values()].sort((one, other) => other.score - one.score).slice(0, 2 * AT_MOST);
  const pages = await Promise.all(best.map((each) => each.data()));
  const isNear = ({ url, meta }) => asked.some((word) => `${url} ${meta.title}`.toLowerCase().includes(word.slice(0, 4)));
  for (const { url, meta } of pages.filter(isNear).slice(0, AT_MOST)) {
    const link = Object.assign(document.createElement("a"), { href: url, textContent: meta.title });
    list.appendChild(document.createElement("li")).append(link);
  }
};

button.hidden = false;
button.addEventListener("click", async () => {
  button.disabled = true;
  const { near: some, none, failed } = status.dataset;
  try {
    await look(words());
    status.textContent = list.children.length ? some : none;
  } catch (error) {
    const isNoName = error instanceof URIError; // an address that cannot be decoded names no page
    status.textContent = isNoName ? none : failed;
    button.disabled = isNoName; // who was offline may ask again
  }
  status.focus(); // before the button goes, and the reader's place with it
  button.hidden = button.disabled;
});
