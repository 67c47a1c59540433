// Shows a reader the way through a page and on: the menu, its place in the contents, the way back to its top, and what is
// folded where a link leads. The site has this in the place of Material's own script, which a phone takes long to start.
{
  const header = document.querySelector(".md-header");
  const drawer = document.getElementById("__drawer");

  // -- the menu closes once a place is chosen, and says which of its parts are open

  const menu = document.querySelector(".md-sidebar--primary");
  const close = () => { drawer.checked = false; };
  addEventListener("hashchange", close);
  menu?.addEventListener("click", ({ target }) => /** @type {Element} */ (target).closest("a") && close());
  menu?.addEventListener("change", ({ target }) => {
    const part = /** @type {HTMLInputElement} */ (target);
    menu.querySelector(`[aria-labelledby="${part.id}_label"]`)?.setAttribute("aria-expanded", String(part.checked));
  });

  // -- what is shown of a page as the reader scrolls: in the header its title, once that is out of sight; in the contents
  //    where he is; and when he scrolls up, a button to the top

  const heading = document.querySelector(".md-content h1");
  const bar = document.querySelector(".bar");
  const toTop = document.querySelector(".md-top");
  const lists = [...document.querySelectorAll("[data-md-component=toc]")]; // one in the menu, one beside the text
  /** @type {[links: HTMLAnchorElement[], section: HTMLElement][]} */
  let sections = [];
  let read = -1; // the section that is read
  let before = 0; // how far the page was scrolled

  function findSections() {
    const [first, ...others] = lists.map((list) => [...list.querySelectorAll("a.md-nav__link")]);
    for (const [at, link] of (first ?? []).entries()) {
      const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (section) sections.push([[link, ...others.map((links) => links[at])], section]);
    }
  }
  function mark() {
    if (!sections.length) findSections();
    const top = header.getBoundingClientRect();
    // Where a link to a section brings it: a little below what lies over the page.
    const edge = Math.max(top.bottom, bar?.getBoundingClientRect().bottom ?? 0) + top.height / 2;
    const isAtEnd = scrollY + innerHeight >= Math.floor(document.documentElement.scrollHeight);
    const isBegun = ([, section]) => section.getBoundingClientRect().top < edge;
    const now = isAtEnd ? sections.length - 1 : sections.findLastIndex(isBegun);
    if (now === read) return;
    read = now;
    for (const [at, [links]] of sections.entries())
      for (const link of links) {
        link.classList.toggle("md-nav__link--passed", at <= now);
        link.classList.toggle("md-nav__link--active", at === now);
      }
    for (const link of sections[now]?.[0] ?? []) show(link);
  }
  /** Scrolls what stands beside the text until a link is in its middle. */
  function show(link) {
    const box = link.closest(".md-sidebar__scrollwrap");
    if (!link.offsetHeight || box.scrollHeight <= box.clientHeight) return;
    box.scrollBy(0, link.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2);
  }
  function follow() {
    const isCovered = heading?.getBoundingClientRect().bottom <= header.getBoundingClientRect().bottom;
    document.querySelector(".md-header__title").classList.toggle("md-header__title--active", isCovered);
    mark();
    toTop.hidden = scrollY >= before || scrollY <= 0;
    before = scrollY;
  }
  let isWaiting = false;
  addEventListener("scroll", () => {
    if (isWaiting) return;
    isWaiting = true;
    requestAnimationFrame(() => { isWaiting = false; follow(); });
  }, { passive: true });
  addEventListener("hashchange", () => { before = scrollY; toTop.hidden = true; }); // a link up leads where he wants to be
  toTop.addEventListener("click", () => scrollTo({ top: 0 }));

  requestAnimationFrame(() => {
    if (scrollY) follow(); // the reader comes to a section, or back
    // At a desk the menu may be longer than the screen, and this page's place in it below that.
    if (matchMedia("(min-width: 76.25em)").matches) menu?.querySelectorAll("a.md-nav__link--active").forEach(show);
  });

  // -- what is folded opens where a link leads into it

  function unfold() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* `%E0%A` is the beginning of a letter */ }
    const target = document.getElementById(id);
    let folded = target?.closest("details:not([open])");
    if (!folded) return;
    for (; folded; folded = folded.parentElement?.closest("details:not([open])")) folded.toggleAttribute("open", true);
    target?.scrollIntoView();
  }
  unfold();
  addEventListener("hashchange", unfold);

  // -- n and p lead to the next page and the one before it

  const NEIGHBOURS = { n: "next", ".": "next", p: "prev", ",": "prev" };
  document.addEventListener("keydown", (event) => {
    const { key, ctrlKey, metaKey, altKey, isComposing } = event;
    const isTyped = /** @type {HTMLElement} */ (event.target).closest("input, select, textarea, .ap-player");
    if (isTyped || ctrlKey || metaKey || altKey || isComposing || !(key in NEIGHBOURS)) return;
    const page = document.querySelector(`link[rel=${NEIGHBOURS[key]}]`);
    if (page) location.href = page.href;
  });

  // -- words that are cut where there is no room for them are shown where the mouse rests

  document.addEventListener("pointerover", ({ target }) => {
    const words = /** @type {Element} */ (target).closest(".md-ellipsis");
    if (words?.scrollWidth > words?.offsetWidth) (words.closest("a") ?? words).title = words.innerText;
  });
}
