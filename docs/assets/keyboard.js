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

  // What opens a part of the menu is a label as well.
  document.addEventListener("keydown", ({ key, target }) => {
    if (key === "Enter" && target instanceof HTMLLabelElement) target.click();
  });

  // What is wider than the screen scrolls, by arrows as well: also where there is a finger and no mouse, for keyboards
  // are there too. Each is measured once, when it is seen.
  const measured = new WeakSet();
  const wideTabs = [];
  // Of tabs that are wider than the screen the chosen one is in sight.
  const showChosen = (tabs) => {
    const chosen = tabs.parentElement.querySelector("input:checked").labels[0].getBoundingClientRect();
    const shown = tabs.getBoundingClientRect();
    if (chosen.left < shown.left || chosen.right > shown.right) tabs.scrollLeft += chosen.left - shown.left - 16;
  };
  const reachable = () => {
    for (const box of document.querySelectorAll("pre > code, .tabbed-labels, .md-typeset__scrollwrap")) {
      if (measured.has(box) || !box.checkVisibility({ contentVisibilityAuto: true })) continue;
      measured.add(box);
      if (box.scrollWidth <= box.clientWidth) continue;
      box.tabIndex = 0;
      if (!box.matches(".tabbed-labels")) continue;
      wideTabs.push(box);
      showChosen(box);
    }
  };
  for (const shown of ["change", "toggle", "contentvisibilityautostatechange"])
    document.addEventListener(shown, reachable, true);
  document.addEventListener("change", () => requestAnimationFrame(() => wideTabs.forEach(showChosen)));

  reachable();
}
