// A field above a long list of tags that leaves those whose names hold what is typed.

export function offerFilter() {
  const list = document.querySelector("[data-filter]");
  if (!list) return;
  const field = document.createElement("input");
  field.type = "search";
  field.className = "filter";
  field.placeholder = list.dataset.filter;
  field.setAttribute("aria-label", list.dataset.filter);
  const said = document.createElement("p");
  said.className = "meta";
  said.setAttribute("role", "status");
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLocaleLowerCase();
    let left = 0;
    for (const item of list.children) {
      item.hidden = !item.firstElementChild.textContent.toLocaleLowerCase().includes(wanted);
      left += item.hidden ? 0 : 1;
    }
    said.textContent = wanted ? `${left} / ${list.children.length}` : "";
  });
  list.before(field, said);
}
