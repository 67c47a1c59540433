// What Material leaves to the mouse, for who reads by keyboard or screen reader.
{
  // The menu on a narrow screen opens by a label, which no keyboard reaches: here a button takes its place.
  const drawer = document.getElementById("__drawer");
  const label = document.querySelector("header label[for=__drawer]");
  const menu = Object.assign(document.createElement("button"), { type: "button", className: `${label.className} menu` });
  menu.setAttribute("aria-label", "메뉴");
  menu.append(...label.childNodes);
  menu.addEventListener("click", () => drawer.click());
  label.replaceWith(menu);
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !drawer.checked) return;
    drawer.checked = false;
    menu.focus();
  });

  // The contents of a page, on a narrow screen, close once a place in them is chosen.
  const contents = document.getElementById("__contents");
  contents?.addEventListener("click", ({ target }) => {
    if (/** @type {Element} */ (target).closest("a")) contents.hidePopover();
  });

  // Escape closes what a term means, and the term's line stays where it is.
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    for (const term of document.querySelectorAll(".term:is(:hover, :focus)")) {
      term.classList.add("closed");
      for (const left of ["blur", "pointerleave"])
        term.addEventListener(left, () => term.classList.remove("closed"), { once: true });
    }
  });

  // What is wider than the screen scrolls, by arrows as well: also where there is a finger and no mouse, for keyboards
  // are there too. Each is measured once, when it is seen.
  const measured = new WeakSet();
  const reachable = () => {
    for (const box of document.querySelectorAll("pre > code, .tabbed-labels, .md-typeset__scrollwrap")) {
      if (measured.has(box) || !box.checkVisibility({ contentVisibilityAuto: true })) continue;
      measured.add(box);
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    }
  };
  for (const shown of ["change", "toggle", "contentvisibilityautostatechange"])
    document.addEventListener(shown, reachable, true);
  // Material takes it from a block where no mouse is.
  const taken = new MutationObserver((changes) => {
    for (const box of changes.map(({ target }) => /** @type {HTMLElement} */ (target)))
      if (box.matches("pre > code:not([tabindex])") && box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  });
  taken.observe(document.querySelector("article"), { attributes: true, attributeFilter: ["tabindex"], subtree: true });

  reachable();
}
