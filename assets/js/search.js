// The search page. Pagefind, most of what a first search costs, is loaded when the field is first used.

const form = document.querySelector("form.search");
const { q, tag } = form.elements;
const say = form.dataset;
const [status, list, more] = document.querySelector(".results").children;
const AT_ONCE = 10;
const PAUSE = 200; // milliseconds without a key before a search begins
const PATIENCE = 500; // milliseconds without an answer before that is said

let engine; // a promise of Pagefind
let found = [];
let turn = 0; // of searches: the answer to one that is not the latest is thrown away
let typing, waiting; // timers

const start = async () => {
  const pagefind = await import(say.bundle + "pagefind.js");
  await pagefind.options({ ranking: { metaWeights: { tags: 4, date: 0, image: 0, image_alt: 0 } } }); // a title weighs 5
  await pagefind.init();
  return pagefind;
};
const load = () => (engine ??= start());

// A reader who was offline may try again, from the beginning.
const forget = () => {
  engine?.then((pagefind) => pagefind.destroy()).catch(() => {});
  engine = undefined;
};

const element = (name, properties, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};

// Text with the words that were found in <mark>. Pagefind escapes angle brackets; nothing here is parsed as HTML.
const marked = (excerpt) =>
  excerpt.split(/<\/?mark>/).map((part, at) => {
    const text = part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
    return at % 2 ? element("mark", {}, text) : text;
  });

const entry = ({ url, meta, filters, excerpt, sub_results }) => {
  const about = [meta.date, ...(filters.tag ?? [])].filter(Boolean).join(" · ");
  const parts = sub_results.filter((part) => part.url !== url).slice(0, 3);
  const links = parts.map((part) => element("li", {}, element("a", { href: part.url }, part.title)));
  const made = element("li", {}, element("h2", {}, element("a", { href: url }, meta.title)));
  if (about) made.append(element("p", { className: "meta" }, about));
  made.append(element("p", {}, ...marked(excerpt)));
  if (links.length) made.append(element("ul", {}, ...links));
  return made;
};

const answer = (text, results) => {
  clearTimeout(waiting);
  status.textContent = text;
  found = results;
  list.replaceChildren();
  list.hidden = more.hidden = true;
};

const fail = () => {
  forget();
  answer(say.failed, []);
};

// Adds the next results to the list; gives the first of them.
const show = async () => {
  const mine = turn;
  more.hidden = true; // or a second click would add the same once more
  const next = found.slice(list.children.length, list.children.length + AT_ONCE);
  const pages = await Promise.all(next.map((each) => each.data()));
  if (mine !== turn || !pages.length) return;
  const entries = pages.map(entry);
  list.append(...entries);
  list.hidden = false;
  more.hidden = list.children.length >= found.length;
  return entries[0];
};

// A word that is nowhere finds what begins like it, be it with one letter. Whether an answer is about the words at all
// shows at the beginning of one of them, in what would be printed; a word of Chinese or Japanese may begin anywhere.
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const isAbout = (words, { meta, excerpt }) => {
  const text = plain(`${meta.title} ${meta.tags ?? ""} ${excerpt}`);
  const starts = plain(words).match(/[\p{L}\p{N}]+/gu) ?? [];
  return !starts.length || starts.some((word) => text.includes(word.slice(0, /^[\p{sc=Latn}\d]/u.test(word) ? 3 : 1)));
};

// Pagefind knows no wrong letters. They are seldom among the first four, so what begins like the words comes near.
const beginnings = (words) => words.replace(/\p{L}+/gu, (word) => word.slice(0, 4));

// What Pagefind has for the words, if it is about them.
const ask = async (pagefind, words) => {
  const { results } = await pagefind.search(words || null, { filters: tag?.value ? { tag: tag.value } : {} });
  const first = await Promise.all(results.slice(0, AT_ONCE).map((each) => each.data()));
  return first.some((each) => isAbout(words, each)) ? results : [];
};

const search = async () => {
  clearTimeout(typing);
  clearTimeout(waiting);
  const mine = ++turn;
  const words = q.value.trim();
  const address = new URL(location.pathname, location.href);
  if (words) address.searchParams.set("q", words);
  if (tag?.value) address.searchParams.set("tag", tag.value);
  history.replaceState(null, "", address);
  if (!words && !tag?.value) return answer("", []);
  waiting = setTimeout(() => (status.textContent = say.working), PATIENCE);
  try {
    const pagefind = await load();
    let results = await ask(pagefind, words);
    let text = results.length > 1 ? say.many : say.single;
    if (!results.length) {
      if (beginnings(words) !== words) results = await ask(pagefind, beginnings(words));
      text = results.length ? say.near : say.none;
    }
    if (mine !== turn) return;
    answer(text.replace("{n}", results.length).replace("{q}", () => words || tag.value), results);
    await show();
  } catch {
    if (mine === turn) fail();
  }
};

form.addEventListener("submit", (event) => {
  event.preventDefault();
  search();
});
q.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(search, PAUSE);
});
q.addEventListener("focus", () => load().catch(forget), { once: true });
tag?.addEventListener("change", search);
more.addEventListener("click", () => show().then((first) => first?.querySelector("a").focus(), fail));
addEventListener("keydown", (event) => {
  const isTyped = event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName);
  if (event.key !== "/" || isTyped) return;
  event.preventDefault();
  q.focus();
});

const asked = new URLSearchParams(location.search);
q.value = asked.get("q") ?? q.value; // what a reader typed before the script was here
if (tag && asked.get("tag")) {
  tag.value = asked.get("tag");
  if (!tag.value) tag.add(new Option(asked.get("tag"), undefined, true, true)); // one that is too rare for the list
}
if (q.value || tag?.value) search();
