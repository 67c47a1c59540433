// What a reader does with a console block besides reading it: chooses an engine once for all pages, copies by mouse,
// reads what a run printed, watches its recording. The HTML is by tests/harness/site (fences.py, engine_tabs.py,
// proof_html.py). What this needs to know stands in its data, and it says the same without this.
{
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const base = new URL("../", here);

  // -- the engine whose output is shown, where engines differ

  const inputs = [...document.querySelectorAll("input[data-engines]")];
  const engines = (input) => input.dataset.engines.split(" ");
  const remembered = (what) => { try { return localStorage.getItem(what); } catch { return null; } };
  const remember = (what, choice) => { try { localStorage.setItem(what, choice); } catch { /* only this page then */ } };

  function choose(tab) {
    tab.checked = true;
    tab.dispatchEvent(new Event("change", { bubbles: true })); // as if the reader had: what lies behind the others is hidden
  }
  function show(engine) {
    for (const input of inputs) {
      if (input.checked || !engines(input).includes(engine)) continue;
      choose(input);
    }
  }
  if (remembered("engine")) show(remembered("engine"));

  // -- other tabs: who chooses one has it in all sets that have one of its name, on all pages

  const others = [...document.querySelectorAll(".tabbed-set > input:not([data-engines])")]
    .map((tab) => /** @type {HTMLInputElement} */ (tab));
  const nameOf = (tab) => tab.labels[0].textContent.trim();
  const names = () => (remembered("tabs") ?? "").split("\n"); // the last first
  function showNamed(name) {
    for (const tab of others) if (!tab.checked && nameOf(tab) === name) choose(tab);
  }
  if (others.length) for (const name of names().reverse()) showNamed(name);

  // -- what lies behind the other tabs is found by the browser's own search, and by links to it

  const sets = [...document.querySelectorAll(".tabbed-set")];
  const tabsOf = (set) => /** @type {HTMLInputElement[]} */ ([...set.querySelectorAll(":scope > input")]);
  const panelsOf = (set) => [...set.querySelectorAll(":scope > .tabbed-content > .tabbed-block")];
  const hide = (set) => tabsOf(set).forEach((tab, at) => {
    const panel = panelsOf(set)[at];
    if (tab.checked) panel.removeAttribute("hidden");
    else panel.setAttribute("hidden", "until-found");
  });
  if ("onbeforematch" in document.body)
    for (const set of sets) {
      hide(set);
      set.addEventListener("change", () => hide(set));
      panelsOf(set).forEach((panel, at) => panel.addEventListener("beforematch", () => choose(tabsOf(set)[at])));
    }
  function openTarget() {
    let id = location.hash.slice(1);
    try { id = decodeURIComponent(id); } catch { /* `%E0%A` is the beginning of a letter */ }
    const target = document.getElementById(id);
    if (target?.matches(".tabbed-set > input")) choose(target);
  }
  openTarget();
  addEventListener("hashchange", openTarget);

  // -- what the reader chooses holds for all of the page, and stays where it is on the screen

  function whenChosen(tab, hold) {
    tab.addEventListener("change", ({ isTrusted }) => {
      if (!isTrusted) return;
      const before = tab.parentElement.getBoundingClientRect().top;
      hold();
      scrollBy(0, tab.parentElement.getBoundingClientRect().top - before);
    });
  }
  for (const input of inputs)
    whenChosen(input, () => {
      const { engine } = input.dataset; // of those behind the label the one that stands for all
      remember("engine", engine);
      show(engine);
    });
  for (const tab of others)
    whenChosen(tab, () => {
      const name = nameOf(tab);
      history.replaceState(history.state, "", `#${tab.id}`); // the address leads to it
      remember("tabs", [name, ...names().filter((other) => other && other !== name)].join("\n"));
      showNamed(name);
    });

  // -- copying: by a button at each command, one for those of a block that its first shell takes, and one at each file; by
  //    mouse, where the style sheet keeps prompts and output out of the selection, and this what is typed into another shell
  //    than what stands before it

  function copyButton(text, label) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "copy" });
    button.dataset.clipboardText = text;
    button.setAttribute("aria-label", `복사: ${label}`);
    return button;
  }
  for (const typed of document.querySelectorAll(".typed")) {
    const text = [...typed.querySelectorAll(".line")].map(
      (line) => [...line.childNodes].slice(line.querySelector(".gp") ? 1 : 0).map((node) => node.textContent).join(""));
    const command = text.join("").trimEnd();
    if (!command) continue;
    const yours = [...typed.querySelectorAll(".yours")].map(({ textContent }) => ` (${textContent}: 자기 화면의 값으로)`);
    typed.append(copyButton(command, command + yours.join("")));
  }
  for (const block of document.querySelectorAll(".highlight:not(.no-copy, .no-copy *)")) {
    const text = block.querySelector("code").textContent.trimEnd();
    block.append(copyButton(text, block.querySelector(".filename")?.textContent ?? text.split("\n")[0]));
  }
  for (const button of document.querySelectorAll(".copy-all"))
    button.dataset.clipboardText = [...button.closest(".proved").querySelectorAll(".typed:not(.elsewhere) > .copy")]
      .map((one) => one.dataset.clipboardText).join("\n");

  const dialog = document.querySelector(".md-dialog");
  const said = dialog.querySelector("div");
  dialog.setAttribute("role", "status");
  let isSaid = 0; // the timer
  function say(words) {
    said.textContent = words;
    dialog.classList.add("md-dialog--active");
    clearTimeout(isSaid);
    isSaid = setTimeout(() => dialog.classList.remove("md-dialog--active"), 2000);
  }
  /** What a browser does where a site is not served safely: it copies only what is selected. */
  function copySelected(text) {
    const box = Object.assign(document.createElement("textarea"), { value: text, className: "copied" });
    document.body.append(box);
    box.select();
    const isCopied = document.execCommand("copy");
    box.remove();
    if (!isCopied) throw new Error();
  }
  document.addEventListener("click", async ({ target }) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-clipboard-text]"));
    if (!button) return;
    const text = button.dataset.clipboardText ?? "";
    try {
      if (navigator.clipboard) await navigator.clipboard.writeText(text);
      else copySelected(text);
      say("클립보드에 복사됨");
    } catch {
      say("복사하지 못했습니다");
    }
    button.focus();
  });

  document.addEventListener("copy", (event) => {
    const range = getSelection()?.rangeCount ? getSelection()?.getRangeAt(0) : null;
    const around = range?.commonAncestorContainer;
    const block = (around instanceof Element ? around : around?.parentElement)?.closest(".language-console");
    if (!range || !block) return;
    const copied = range.cloneContents();
    for (const other of copied.querySelectorAll(".gp, .go, .exit")) other.remove();
    if (copied.querySelector(".typed:not(.elsewhere)"))
      for (const other of copied.querySelectorAll(".elsewhere")) other.remove();
    const text = copied.textContent.trim();
    if (!text) return;
    event.clipboardData?.setData("text/plain", text);
    event.preventDefault();
  });

  // -- what a run printed comes when its proof is opened; where it does not come, the link to it is still there

  async function showPrinted(link) {
    const response = await fetch(link.href);
    if (!response.ok) return;
    const printed = Object.assign(document.createElement("pre"), { tabIndex: 0, textContent: await response.text() });
    link.parentElement.after(printed);
  }
  for (const link of document.querySelectorAll(".printed"))
    link.closest("details").addEventListener("toggle", () => showPrinted(link).catch(() => {}), { once: true });

  // -- replay: player and recording come when they are asked for

  const loading = new Map(); // what was asked for, by its address; what did not come is asked for again
  function load(name, made) {
    const address = String(made.src ?? made.href);
    const asked = loading.get(address) ?? new Promise((done, failed) => {
      document.head.append(Object.assign(document.createElement(name), made, { onload: done, onerror: failed }));
    });
    loading.set(address, asked);
    asked.catch(() => loading.delete(address));
    return asked;
  }
  async function play(button) {
    const page = button.dataset.recording.split("/").slice(1, -1).join("/"); // `docs/ports` of `28/docs/ports/1`
    await Promise.all([
      load("link", { rel: "stylesheet", href: new URL("player/asciinema-player.css", here) }),
      load("script", { src: new URL("player/asciinema-player.min.js", here) }),
      load("script", { src: new URL("replay.js", here) }),
      load("script", { src: new URL(`recordings/${page}.js`, base) }),
    ]);
    replay(button);
  }
  document.addEventListener("click", ({ target }) => {
    const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (target).closest("[data-recording]"));
    if (!button) return;
    const words = (button.dataset.words ??= button.textContent ?? "");
    play(button).then(() => { button.textContent = words; }, () => { button.textContent = "녹화를 읽지 못했습니다"; });
  });
}
