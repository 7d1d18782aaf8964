// A button at every listing that puts its text on the clipboard. The words come from the body's attributes.

export function offerCopy() {
  if (!navigator.clipboard) return; // as on a page without https
  const { copy, copied } = document.body.dataset;
  for (const listing of document.querySelectorAll(".code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = copy;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      const code = listing.querySelector("code").cloneNode(true);
      for (const number of code.querySelectorAll(".ln")) number.remove();
      await navigator.clipboard.writeText(code.textContent.trimEnd() + "\n");
      said.textContent = button.textContent = copied;
      setTimeout(() => {
        button.textContent = copy;
        said.textContent = "";
      }, 2000);
    });
    said.className = "said";
    listing.append(button, said);
  }
}
