// A page's steps and what was typed -> what the terminal answers: the run's output, or what is wrong, kindly.
{
  const { read, active } = practiceShell;
  const { parse } = practiceCommands;
  const { compare, thing } = practiceCompare;
  const ENOUGH = 3; // wrong commands after which the hint is offered
  const CREATES = ["docker run", "docker create"];
  const DONE = "이 페이지의 연습은 모두 마쳤습니다.";
  const DONE_BEFORE = "앞에서 이미 한 명령입니다. 지금 할 일을 이어서 합니다.";
  const COMES_LATER = "본문 뒤에 나오는 명령입니다. 지금 할 일부터 차례로 합니다.";
  const FAILS = "본문에서 오류를 보이려고 쓰는 명령입니다. 지금은 다른 명령을 입력합니다.";
  const TAKEN = "그 이름의 컨테이너가 이미 있습니다. 같은 이름을 다시 쓰려면 먼저 있던 것을 지웁니다.";
  const OF_THE_PAGE = "본문에 나온 값입니다. 실행할 때마다 달라지므로, 이 화면에 나온 값을 입력합니다.";
  const INSIDE = "여기는 컨테이너 안의 셸이고, 그 안에는 `docker` 명령이 없습니다.";
  const REFUSED = 125; // docker made no container

  /** Whether a step is typed in a container's shell, and is no command of docker. @param {PracticeStep} step */
  const isInside = ({ prompt = "", command = "" }) => !/^[$#] $/.test(prompt) && !parse(command)[0].name.startsWith("docker");

  /** How a command begins: its name and options, without what the reader has to find. @param {string} command */
  function hint(command) {
    const [first] = parse(command);
    const { tokens } = read(command);
    const end = tokens.findIndex(({ word }) => word === undefined);
    const words = tokens.slice(0, end < 0 ? undefined : end).map(({ word = "" }) => word);
    const named = first.typed.split(" ").length + first.lead.length;
    const shown = words.slice(0, named);
    for (const [at, word] of words.slice(named).entries()) {
      const isOption = word.startsWith("-");
      if (!isOption && at && !words[named + at - 1].startsWith("-")) break; // from here on it may be another program's
      shown.push(isOption ? word.replace(/=.*/s, "=…") : "…");
    }
    if (end >= 0) shown.push("…");
    if (!shown.some((word) => word.includes("…"))) shown.push(`${/** @type {string} */ (shown.pop()).slice(0, 1)}…`);
    return shown.join(" ").replace(/…(?: …)+/g, "…").replaceAll(active, "");
  }

  /** The names that containers have before step `at`; each with whether it goes when its container stops.
   * @param {PracticePage} page @param {number} at */
  function inUse(page, at) {
    const names = /** @type {Map<string, boolean>} */ (new Map());
    for (const { command = "", status = 0 } of page.steps.slice(0, at)) {
      for (const { name, options, args } of parse(command)) {
        const isOf = (known) => args.some((word) => word.includes("$") || word === known || thing(page, word) === known);
        const [named] = options["--name"] ?? [];
        if (CREATES.includes(name) && named && status !== REFUSED) names.set(named, "--rm" in options);
        for (const [known, goes] of [...names]) {
          const isEnd = name === "docker rm" || (goes && name === "docker stop");
          if (name === "docker container prune" || (isEnd && isOf(known))) names.delete(known);
        }
      }
    }
    return names;
  }

  class Lesson {
    /** @param {PracticePage} page @param {number} done how many steps the reader has done before */
    constructor(page, done) {
      this.page = page;
      this.at = 0;
      this.wrong = 0;
      this.isHinted = false;
      this.begun = ""; // what was typed of a command whose parts `&&` joins: they may be typed one after another
      this.files();
      for (let count = 0; count < done && this.step; count++) this.pass();
    }
    get step() { return this.page.steps[this.at]; }
    get past() { return this.page.steps.slice(0, this.at); }
    get done() { return this.past.filter((step) => step.command).length; }
    get total() { return this.page.steps.filter((step) => step.command).length; }

    restart() {
      [this.at, this.wrong, this.isHinted, this.begun] = [0, 0, false, ""];
      this.files();
    }
    /** Passes over the files that the page has the reader write. */
    files() {
      const files = [];
      while (this.step?.file) files.push(this.page.steps[this.at++].file);
      return files;
    }
    pass() {
      this.at++;
      [this.wrong, this.isHinted, this.begun] = [0, false, ""];
      return this.files();
    }

    /** The prompt that a terminal shows. @param {number} terminal */
    prompt(terminal) {
      const isIts = (step) => step.terminal === terminal && step.command;
      const next = this.page.steps.slice(this.at).find(isIts);
      const last = this.past.findLast(isIts);
      return next?.prompt ?? last?.after ?? last?.prompt ?? "$ ";
    }

    /** A hint, and when asked again the command. @param {number} terminal where it is asked for */
    help(terminal) {
      if (!this.step) return { note: DONE };
      const { command = "", terminal: wanted = 0 } = this.step;
      if (wanted !== terminal) return { note: `이번에는 ‘${this.page.terminals[wanted]}’에서 합니다.` };
      if (this.isHinted) return { note: `이렇게 입력합니다.\n\`${command}\`` };
      this.isHinted = true;
      return { note: `이렇게 시작합니다: \`${hint(command)}\`\n한 번 더 물으면 명령을 보여 줍니다.` };
    }

    /** @param {string} text @param {number} terminal @returns {PracticeAnswer} */
    answer(text, terminal) {
      const { step, page } = this;
      const typed = text.trim().replace(/^[$#] /, ""); // as it stands on the page
      if (!step) return { note: DONE };
      if (!read(typed).tokens.length) return {};
      const texts = this.begun ? [`${this.begun} && ${typed}`, typed] : [typed];
      const found = texts.map((one) => compare(page, step.command ?? "", one));
      const isRight = found.includes(null);
      if (step.terminal !== terminal)
        return { note: `${isRight ? "이 명령은" : "지금 할 일은"} ‘${page.terminals[step.terminal ?? 0]}’에서 합니다.` };
      if (isRight) return { step, files: this.pass() };
      const begun = found.findIndex((one) => one?.isBegun);
      if (begun >= 0) {
        this.begun = texts[begun];
        return { note: found[begun]?.note, isBegun: true };
      }
      const said = found[0]?.far ? this.refuse(typed) : this.refuse(texts[0]);
      if (++this.wrong >= ENOUGH && !this.isHinted) said.note += " 막히면 ‘힌트’를 누릅니다.";
      return said;
    }
    /** What to say where a command is another one than the step's. @param {string} text @returns {PracticeAnswer} */
    refuse(text) {
      const { page, at, step } = this;
      const here = /** @type {PracticeSaid} */ (compare(page, step.command ?? "", text));
      const slip = here.far && page.steps.map(({ command }) => command && compare(page, command, text)).find((one) => one && one.isSlip);
      const said = slip || here;
      const output = said.error && this.sample(...said.error);
      if (step.shown && !compare(page, step.shown, text)) return { note: OF_THE_PAGE, output };
      if (isInside(step) && parse(text)[0]?.name.startsWith("docker")) return { note: INSIDE };
      const name = this.taken(text);
      if (name) return { output: this.sample("name", name), note: TAKEN };
      const isSame = (command) => command && !compare(page, command, text);
      const other = page.steps.findIndex(({ command, shown }, number) => number !== at && (isSame(command) || isSame(shown)));
      const { status, output: printed } = page.steps[other] ?? {};
      if (status && printed) return { output: printed, note: said.error ? said.note : FAILS };
      if (said.far && other >= 0) return { note: other < at ? DONE_BEFORE : COMES_LATER };
      return { note: said.note, output };
    }
    /** The name that a command gives a container, where another has it. @param {string} text */
    taken(text) {
      const [typed, wanted] = [parse(text)[0], parse(this.step.command ?? "")[0]];
      const name = CREATES.includes(typed?.name) ? typed.options["--name"]?.[0] : undefined;
      return name && wanted?.options["--name"]?.[0] !== name && inUse(this.page, this.at).has(name) ? name : "";
    }
    /** The error that the guide has a sample of. @param {string} kind @param {string} word */
    sample(kind, word) {
      const text = this.page.errors[kind]?.replaceAll("{}", kind === "repository" ? word.split(":")[0] : word) ?? "";
      if (kind === "repository" && word.includes(":")) return text.replace(/^Using default tag.*\n/, "");
      const isOfRun = kind !== "flag" || parse(this.step.command ?? "")[0].name === "docker run";
      return isOfRun ? text : text.split("\n")[0]; // the others have other words of usage
    }
  }

  globalThis.practiceLesson = { begin: (page, done) => new Lesson(page, done), hint };
}
