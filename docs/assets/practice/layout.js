// The elements of the panel in which a page's commands are typed, in the order in which the keyboard gets to them.
{
  const { make } = practiceScreen;

  /** @param {string} name @param {string} words @param {Record<string, unknown>} given */
  const button = (name, words, given = {}) => make("button", { type: "button", className: `practice-${name}`, ...given }, words);

  function line() {
    const prompt = make("label", { className: "gp", htmlFor: "practice-input" });
    const input = /** @type {HTMLTextAreaElement} */ (make("textarea", {
      id: "practice-input", rows: 1, spellcheck: false, autocomplete: "off", autocapitalize: "off", enterKeyHint: "send",
      "aria-describedby": "practice-more",
    }));
    const send = button("send", "⏎", { type: "submit", "aria-label": "실행" });
    const more = make("p", { id: "practice-more", role: "status", className: "practice-more" });
    return { prompt, input, more, form: make("form", { className: "practice-form" }, prompt, input, send) };
  }

  /** @param {PracticePage} page @param {number} total how many steps it has */
  function layout(page, total) {
    const count = make("span", { className: "practice-count" });
    const bar = /** @type {HTMLProgressElement} */ (make("progress", { "aria-label": "이 페이지에서 한 연습", max: total }));
    const close = button("close", "닫기", { "aria-label": "연습 닫기" });
    const task = make("p", { className: "practice-task" });
    const tabs = page.terminals.map((name) => button("tab", name));
    const box = make("div", { className: "practice-screen" });
    const [help, stop, again] = [button("help", "힌트"), button("stop", "Ctrl+C"), button("again", "처음부터")];
    const course = make("span", { className: "practice-course" });
    const panel = make("section", { className: "practice", "aria-label": "연습 터미널" },
      make("div", { className: "practice-head" }, make("strong", {}, "연습"), count, bar, close),
      task,
      make("div", { className: "practice-tabs", role: "group", "aria-label": "터미널", hidden: tabs.length < 2 }, ...tabs),
      box,
      make("div", { className: "practice-foot" }, help, stop, again, course, make("small", {}, page.source)));
    return { panel, count, bar, close, task, tabs, box, help, stop, again, course, ...line() };
  }

  globalThis.practiceLayout = layout;
}
