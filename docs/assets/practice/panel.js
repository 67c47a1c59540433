// The panel beside a page in which its commands are typed. What is answered is lesson.js's, how that looks screen.js's and
// practice.css's. What the reader has done is kept in his browser, and sent nowhere.
{
  const { make, marked, screen } = practiceScreen;
  const GOES_ON = "명령이 끝나지 않아 다음 줄로 이어집니다.";
  const WELCOME = "본문의 명령을 여기에 직접 입력합니다. 막히면 ‘힌트’를 누릅니다. Esc를 누르면 닫힙니다.";
  const DONE = "이 페이지의 연습을 모두 마쳤습니다.";

  // What was done, by page: [steps done, of so many].
  const KEY = "practice";
  const memory = () => { try { return JSON.parse(localStorage.getItem(KEY) ?? "{}"); } catch { return {}; } };
  const remember = (page, done) => {
    try { localStorage.setItem(KEY, JSON.stringify({ ...memory(), [page]: done })); } catch { /* only until it is closed */ }
  };

  class Panel {
    /** @param {PracticePage} page @param {HTMLElement} opener */
    constructor(page, opener) {
      this.page = page;
      this.opener = opener;
      this.lesson = practiceLesson.begin(page, memory()[page.page]?.[0] ?? 0);
      this.screens = page.terminals.map(screen);
      this.parts = practiceLayout(page, this.lesson.total);
      this.active = 0; // of the terminals
      this.isBusy = false;
      this.interrupt = /** @type {(() => void) | null} */ (null); // what Ctrl+C ends
      this.history = /** @type {string[]} */ ([]);
      this.recalled = 0;
    }
    get screen() { return this.screens[this.active]; }
    get prompt() { return this.lesson.prompt(this.active); }

    // -- what is seen

    /** @param {number} terminal */
    show(terminal) {
      this.active = terminal;
      this.parts.box.replaceChildren(this.screen.log, this.parts.form, this.parts.more);
      this.refresh();
    }
    refresh() {
      const { parts, lesson, page } = this;
      parts.prompt.textContent = this.prompt;
      parts.input.setAttribute("aria-label", `${page.terminals[this.active]}에 명령 입력, 프롬프트 ${this.prompt}`);
      parts.form.classList.toggle("practice-running", this.isBusy);
      parts.help.textContent = lesson.isHinted ? "정답 보기" : "힌트";
      parts.help.hidden = !lesson.step;
      parts.stop.hidden = !this.interrupt;
      this.refreshTabs();
      if (!this.isBusy) this.refreshTask();
      this.screen.follow();
    }
    refreshTabs() {
      const { parts, page, active, isBusy, lesson: { step } } = this;
      for (const [at, tab] of parts.tabs.entries()) {
        tab.setAttribute("aria-pressed", String(at === active));
        tab.classList.toggle("practice-next", !isBusy && at !== active && at === step?.terminal);
      }
      const isElsewhere = step && step.terminal !== active && !isBusy;
      parts.more.textContent = isElsewhere ? `다음은 ‘${page.terminals[step.terminal ?? 0]}’에서 합니다.` : "";
    }
    /** What is to be done, and how much was. */
    refreshTask() {
      const { parts, page, lesson: { step, done, total } } = this;
      const task = step ? [make("a", { href: `#${step.anchor}` }, step.section ?? ""), ...marked(step.task ?? "")] : [DONE];
      parts.task.replaceChildren(...task);
      remember(page.page, [done, total]);
      parts.count.textContent = `${done}/${total}`;
      parts.bar.value = done;
      const finished = Object.values(memory()).filter(([steps, all]) => steps >= all);
      parts.course.textContent = `마친 페이지 ${finished.length}/${page.lessons}`;
    }
    grow() { this.parts.input.rows = this.parts.input.value.split("\n").length; }

    // -- what is answered

    advise() {
      this.screen.note(this.lesson.help(this.active).note ?? "");
      this.refresh();
    }
    /** @param {(string | undefined)[]} files */
    wrote(files) {
      for (const file of files) this.screen.note(`\`${file}\` 파일은 본문대로 만들어 둔 것으로 하고 이어갑니다.`);
    }
    /** What a step prints. @param {PracticeStep} step @param {boolean} isPast */
    async play(step, isPast) {
      const { screen } = this;
      const lines = (step.output ?? "").split("\n");
      const stopped = step.waits ? lines.findIndex((line) => line.startsWith("^C")) : lines.length;
      const isStill = isPast || matchMedia("(prefers-reduced-motion: reduce)").matches;
      await screen.print(lines.slice(0, stopped).join("\n"), isStill ? [] : step.pauses ?? []);
      if (step.waits && !isPast) await this.untilInterrupted();
      if (step.waits) await screen.print(lines.slice(stopped).join("\n"), []);
      if (step.status) screen.status(step.status);
      if (step.sample) screen.note("이 출력은 실행 기록이 아니라 본문의 예시입니다.");
    }
    async untilInterrupted() {
      this.screen.note("끝나지 않고 기다립니다. Ctrl+C를 눌러 끝냅니다.");
      await new Promise((done) => {
        this.interrupt = () => done(undefined);
        this.refresh();
      });
      this.interrupt = null;
    }
    /** @param {PracticeStep} step @param {(string | undefined)[]} files */
    async pass(step, files) {
      this.isBusy = true;
      this.refresh();
      await this.play(step, false);
      this.isBusy = false;
      this.wrote(files);
      if (!this.lesson.step) this.screen.note(`${DONE} 수고하셨습니다.`);
    }
    /** One command. @param {string} text @returns whether the next of several may follow */
    async run(text) {
      const { screen, lesson } = this;
      const word = text.trim();
      if (word === "clear") return screen.clear();
      screen.typed(this.prompt, text);
      if (word === "history") return screen.print(this.history.map((one, at) => `${`${at + 1}`.padStart(5)}  ${one}`).join("\n"), []);
      if (word === "힌트" || word === "정답") return this.advise();
      const said = lesson.answer(text, this.active);
      if (said.step) await this.pass(said.step, said.files ?? []);
      if (said.output) await screen.print(said.output, []);
      if (said.note) screen.note(said.note);
      this.refresh();
      return !said.note || said.isBegun === true;
    }
    /** What the steps behind the reader have left on the screens. */
    async restore() {
      for (const step of this.lesson.past) {
        if (step.file) { this.wrote([step.file]); continue; }
        this.active = step.terminal ?? 0;
        this.screen.typed(step.prompt ?? "", step.command ?? "");
        await this.play(step, true);
      }
      if (!this.lesson.past.length) this.screen.note(WELCOME);
      this.show(this.lesson.step?.terminal ?? this.active);
    }
    restart() {
      if (this.isBusy) return this.screen.skip();
      this.lesson.restart();
      for (const one of this.screens) one.clear();
      this.show(0);
    }

    // -- what is typed

    async submit() {
      const { input } = this.parts;
      if (this.isBusy) return this.screen.skip();
      const { commands, rest } = practiceShell.split(input.value);
      if (rest && !commands.length) { this.parts.more.textContent = GOES_ON; return; }
      this.history.push(...commands);
      this.recalled = this.history.length;
      input.value = rest;
      this.grow();
      if (!commands.length) this.screen.typed(this.prompt, "");
      for (const command of commands) if ((await this.run(command)) === false) break;
      this.refresh();
    }
    /** @param {number} by */
    recall(by) {
      this.recalled = Math.min(this.history.length, Math.max(0, this.recalled + by));
      this.parts.input.value = this.history[this.recalled] ?? "";
      this.grow();
    }
    /** Ctrl+C. */
    stop() {
      if (this.interrupt) return this.interrupt();
      if (this.isBusy) return;
      this.screen.typed(this.prompt, `${this.parts.input.value}^C`);
      this.parts.input.value = "";
      this.grow();
    }
    /** @param {KeyboardEvent} event */
    key(event) {
      const { input } = this.parts, { key, ctrlKey, shiftKey, isComposing } = event;
      const isEnd = key === "Enter" && !shiftKey && (this.isBusy || !practiceShell.split(input.value).rest);
      const isSelected = input.selectionStart !== input.selectionEnd || String(getSelection());
      const arrow = input.value.includes("\n") ? 0 : ["ArrowUp", "", "ArrowDown"].indexOf(key) - 1;
      if (isComposing) return;
      if (isEnd) this.submit();
      else if (key === "Enter" && !shiftKey) { this.parts.more.textContent = GOES_ON; return; }
      else if (Math.abs(arrow) === 1) this.recall(arrow);
      else if (ctrlKey && key === "d" && !input.value) { input.value = "exit"; this.submit(); }
      else if (ctrlKey && key === "c" && !isSelected) this.stop();
      else if (ctrlKey && key === "l") this.screen.clear();
      else return;
      event.preventDefault();
    }

    // -- open and closed

    listen() {
      const { parts } = this;
      const clicked = (element, act) => element.addEventListener("click", () => { act(); parts.input.focus(); });
      clicked(parts.help, () => this.advise());
      clicked(parts.stop, () => this.interrupt?.());
      clicked(parts.again, () => this.restart());
      parts.tabs.forEach((tab, at) => clicked(tab, () => this.show(at)));
      parts.close.addEventListener("click", () => this.close());
      parts.form.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
      parts.input.addEventListener("input", () => this.grow());
      parts.input.addEventListener("keydown", (event) => this.key(event));
      parts.panel.addEventListener("keydown", ({ key, isComposing }) => { if (key === "Escape" && !isComposing) this.close(); });
      this.view?.addEventListener("resize", this.fit);
    }
    view = window.visualViewport; // what the keyboard of a phone leaves
    fit = () => {
      const below = this.view ? innerHeight - this.view.height - this.view.offsetTop : 0;
      this.parts.panel.style.setProperty("--practice-below", `${Math.max(0, below)}px`);
    };
    async open() {
      await this.restore();
      this.listen();
      await new Promise((done) => setTimeout(done)); // in two tasks, between which the page answers
      document.body.append(this.parts.panel);
      this.screen.follow();
      this.parts.input.focus();
    }
    close() {
      this.view?.removeEventListener("resize", this.fit);
      delete document.documentElement.dataset.practising;
      this.parts.panel.remove();
      this.opener.focus();
    }
  }

  globalThis.practicePanel = { open: (opener) => new Panel(practicePage, opener).open() };
}
