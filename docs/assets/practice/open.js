// What opens practice on a lesson: the rest of it comes when the button is pressed.
{
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const SCRIPTS = ["../distance", "shell", "commands", "compare", "lesson", "screen", "layout", "panel"]; // in this order
  const button = document.querySelector("[data-practice]");
  const words = button.textContent;
  const page = button.dataset.practice?.replace(/^practice\/(.*)\.js$/, "$1") ?? "";
  let loaded = /** @type {Promise<unknown> | null} */ (null);

  const load = (name, made) => new Promise((onload, onerror) => {
    document.head.append(Object.assign(document.createElement(name), made, { onload, onerror }));
  });
  const loadAll = () => Promise.all([
    load("link", { rel: "stylesheet", href: new URL("practice.css", here) }),
    ...[`../../${button.dataset.practice}`, "../../practice/options.js", ...SCRIPTS.map((name) => `${name}.js`)]
      .map((path) => load("script", { src: new URL(path, here), async: false })), // they run in this order
  ]);

  // How far the reader has come; panel.js keeps it, and gives the focus back.
  function show() {
    try {
      const [done, total] = JSON.parse(localStorage.getItem("practice") ?? "{}")[page] ?? [];
      button.textContent = done ? `${words} ${done}/${total}` : words;
    } catch { /* nothing is kept */ }
  }
  show();
  button.addEventListener("focus", show);

  button.addEventListener("click", async () => {
    const { dataset } = document.documentElement; // with a class every element would get its style anew
    if ("practising" in dataset) return;
    dataset.practising = ""; // the page makes room
    await new Promise((done) => setTimeout(done)); // which is seen before the rest is asked for
    try {
      await (loaded ??= loadAll());
      show();
      await practicePanel.open(button);
    } catch {
      delete dataset.practising;
      loaded = null; // all of it is asked for again: what stood behind the lost one has run without it
      button.textContent = "연습을 읽지 못했습니다";
    }
  });
}
