// A button at every listing that puts its text on the clipboard. The words come from the body's attributes.

export function offerCopy() {
  if (!navigator.clipboard) return; // as on a page without https
  const { copy, copied, refused } = document.body.dataset;
  for (const listing of document.querySelectorAll(".code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = copy;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.addEventListener("click", async () => {
      const shown = listing.querySelector("code");
      const code = shown.cloneNode(true);
      for (const number of code.querySelectorAll(".ln")) number.remove();
      let word = copied;
      try {
        await navigator.clipboard.writeText(code.textContent.trimEnd() + "\n");
      } catch {
        getSelection().selectAllChildren(shown); // a browser may refuse: the reader's own keys may copy what is selected
        word = refused;
      }
      said.textContent = button.textContent = word;
      setTimeout(() => {
        button.textContent = copy;
        said.textContent = "";
      }, 2000);
    });
    said.className = "said";
    listing.append(button, said);
  }
}
