// The search, for readers: the field in the header, and a big one on the home. It asks engine.js and shows what that has
// found. It wears Material's classes, and is loaded with every page; words, index and engine come when somebody first wants
// to search, from file:// as well.
{
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const base = new URL("../", here);

  const loading = new Map(); // what was asked for, by its address; what did not come is asked for again
  function load(path) {
    const address = new URL(path, base).href;
    const asked = loading.get(address) ?? new Promise((done, failed) => {
      const script = Object.assign(document.createElement("script"), { src: address, onload: done, onerror: failed });
      document.head.append(script);
    });
    loading.set(address, asked);
    asked.catch(() => loading.delete(address));
    return asked;
  }
  const parts = ["assets/distance.js", "assets/search/letters.js", "assets/search/words.js", "search/index.js"];
  const engine = () => Promise.all(parts.map(load)).then(() => load("assets/search/engine.js"));

  const element = (name, className, ...children) => {
    const made = Object.assign(document.createElement(name), { className });
    made.append(...children);
    return made;
  };

  // What a line of text may not end in: `docker compose up` between its words, and behind a hyphen `-e` and `--no-cache`.
  const COMMAND = /\bdocker (?:compose )?[a-z]+\b/g;
  const HYPHENED = /^(?=\S{2,28}$)\S*-\S*$/; // fits on a phone's line

  /** A result's line, with the words that were looked for marked. */
  function shown(line) {
    const text = line.map(([piece]) => piece).join("").replace(COMMAND, (command) => command.replaceAll(" ", "\u00a0"));
    let end = 0;
    return line.flatMap(([{ length }, marked]) => {
      const piece = text.slice(end, (end += length));
      if (marked) return element("mark", HYPHENED.test(piece) ? "whole" : "", piece);
      return piece.split(/(\s+)/).map((word) => (HYPHENED.test(word) ? element("span", "whole", word) : word));
    });
  }

  function link({ address, title, page, line }) {
    const name = title === page ? page : `${page} › ${title}`;
    const article = element("div", "md-search-result__article md-typeset",
      element("div", "search-title", name), element("p", "search-line", ...shown(line)));
    const fragment = `${address}${address.includes("#") ? "" : "#"}${passage(line)}`;
    return Object.assign(element("a", "md-search-result__link", article), { href: new URL(fragment, base).href });
  }

  /** What the browser looks for on the page that opens, and marks, behind another tab as well: some words of the line. */
  function passage(line) {
    const at = line.findIndex(([, marked]) => marked);
    if (at < 0) return "";
    const said = (pieces) => pieces.map(([text]) => text).join("");
    const before = said(line.slice(0, at)).split(" ").slice(-3).filter((word) => !word.startsWith("…")).join(" ");
    const words = `${before}${said(line.slice(at))}`.split(" ").slice(0, 6).join(" ");
    return `:~:text=${encodeURIComponent(words.trim()).replaceAll("-", "%2D")}`;
  }
  const item = (found) => element("li", "md-search-result__item", ...found.map(link));
  const allPages = () => searchIndex.filter(([address, , , , , isAsked]) => !address.includes("#") && !isAsked)
    .map(([address, title, page, lines]) => [{ address, title, page, line: [[lines[0] ?? "", false]] }]);

  /** What is found for `query`: the items to list, and what to say of them. @returns {Promise<SearchAnswer>} */
  async function answer(query) {
    if (!query.trim()) return [[], "검색어를 입력하세요"];
    await engine();
    const { pages, count } = siteSearch(query);
    const missing = siteMissing(query).map((word) => `‘${word}’`).join(", ");
    if (count) return [pages.map(item), status(missing, pages.length, count)];
    return [allPages().map(item), "이 안내서에서 찾은 것이 없어 모든 페이지를 보여 드립니다"];
  }

  function status(missing, shown, count) {
    if (missing) return `${missing}: 이 안내서에 나오지 않는 말입니다. 가까운 ${shown}개 페이지를 보여 드립니다`;
    if (shown < count) return `${count}개 페이지에서 찾았고, 가까운 ${shown}개를 보여 드립니다`;
    return `${count}개 페이지에서 찾았습니다`;
  }

  // Who comes back from a result finds the query and all results again; the browser keeps it with the visit of this page.
  const keep = (query, field = "") => history.replaceState({ ...history.state, query, field }, "");

  /** Makes an element with a field and a list a search; `open` shows and hides its results. What lists them anew. */
  function searchIn(search, open) {
    const form = search.querySelector("form");
    const input = form.querySelector("input");
    const list = search.querySelector("ol");

    async function ask() {
      const query = input.value;
      const failed = /** @type {SearchAnswer} */ ([[], "검색 색인을 읽지 못했습니다"]);
      const [items, words] = await answer(query).catch(() => failed);
      if (query !== input.value) return; // something else has been typed meanwhile
      list.replaceChildren(...items);
      search.querySelector("[role=status]").textContent = words;
    }
    input.addEventListener("focus", () => { open(true); engine().catch(() => {}); });
    input.addEventListener("input", ask);
    form.addEventListener("reset", () => setTimeout(() => { ask(); input.focus(); }));
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await ask();
      list.querySelector("a")?.click();
    });
    search.addEventListener("click", ({ target }) => {
      if (!/** @type {Element} */ (target).closest("a")) return;
      keep(input.value, search.classList[0]);
      open(false);
    });
    search.addEventListener("focusout", (event) => {
      const next = /** @type {Node?} */ (event.relatedTarget);
      if (next && !search.contains(next)) open(false);
    });
    search.addEventListener("keydown", (event) => {
      if (event.isComposing) return; // the key belongs to the syllable that is being written
      const stops = [input, ...list.querySelectorAll("a")];
      const active = /** @type {HTMLElement} */ (document.activeElement);
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        event.preventDefault();
        stops.at((stops.findIndex((stop) => stop === active) + step) % stops.length)?.focus();
      } else if (event.key === "Escape") {
        keep("");
        open(false);
        active.blur();
      }
    });
    addEventListener("pageshow", () => {
      const { query, field } = history.state ?? {};
      if (!query || field !== search.classList[0]) return;
      input.value = query;
      open(true);
      ask();
    });
    return input;
  }

  const toggle = document.getElementById("__search");
  const header = document.querySelector(".md-search");
  function open(isOpen) {
    toggle.checked = isOpen;
    document.documentElement.classList.toggle("searching", isOpen);
  }
  const input = searchIn(header, open);
  toggle.addEventListener("change", () => { open(toggle.checked); if (toggle.checked) input.focus(); });
  header.querySelector(".md-search__overlay").addEventListener("click", () => { open(false); input.blur(); });
  addEventListener("hashchange", () => open(false));
  const home = document.querySelector(".home-search");
  if (home) searchIn(home, (isOpen) => home.classList.toggle("home-search--open", isOpen));
  document.addEventListener("keydown", (event) => {
    const isTyped = /** @type {Element} */ (event.target).closest("input, textarea, .ap-player");
    const { key, ctrlKey, metaKey, altKey, shiftKey } = event;
    const isSlash = key === "/" && !isTyped && !ctrlKey && !metaKey;
    const isK = key.toLowerCase() === "k" && (ctrlKey || metaKey) && !shiftKey;
    if (altKey || !(isSlash || isK)) return;
    event.preventDefault();
    input.focus();
    input.select();
  });

  // 404: the page that was asked for is looked for by the words of its address.
  function decoded(address) {
    try { return decodeURIComponent(address); } catch { return address; } // `%E0%A` is the beginning of a letter
  }
  const missing = document.querySelector(".missing");
  if (missing) {
    const path = decoded(location.pathname).replace(decoded(base.pathname), "").replace(/\.\w+$/, "");
    const words = path.split(/[/_.-]+/).join(" ").trim();
    answer(words).then(([items, said]) => {
      missing.querySelector("ol").replaceChildren(...items);
      missing.querySelector("p").textContent = `‘${words}’: ${said}.`;
    });
  }
}
