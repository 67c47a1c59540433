// A terminal as a reader sees it, in plain HTML: what it prints is text, and a terminal emulator such as xterm.js would
// weigh three times as much as all of practice, and hide the text from screen readers and the browser's search.
{
  const TABLE = /^[A-Z][A-Z ]*\S {2,}[A-Z]/; // such a head; its rows would be hard to read in pieces

  const TIME = / {3,}(\d+\.\d+s)$/; // of a build, at the right edge of a screen that is wider than this one

  /** @param {string} tag @param {Record<string, unknown>} given @param {(Node | string)[]} children @returns {HTMLElement} */
  function make(tag, given = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(given))
      if (name in element) element[name] = value;
      else element.setAttribute(name, String(value));
    element.append(...children);
    return element;
  }

  /** A text with its `code`. @param {string} text */
  const marked = (text) => text.split("`").map((piece, at) => (at % 2 ? make("code", {}, piece) : piece));

  class Screen {
    /** @param {string} name */
    constructor(name) {
      this.log = make("div", { role: "log", "aria-label": `${name} 출력`, className: "practice-log" });
      this.isSkipping = false;
      this.isFollowing = false;
      this.wake = () => {};
    }
    /** Shows the end, once before the next picture: each look at the height lays the whole page out. */
    follow() {
      if (this.isFollowing) return;
      this.isFollowing = true;
      requestAnimationFrame(() => {
        this.isFollowing = false;
        const box = this.log.parentElement;
        if (box) box.scrollTop = box.scrollHeight;
      });
    }
    /** @param {Element} element */
    add(element) {
      this.log.append(element);
      this.follow();
    }
    /** @param {string} prompt @param {string} command */
    typed(prompt, command) {
      const shown = command.replaceAll("\n", "\n> ");
      this.add(make("div", { className: "practice-typed" }, make("span", { className: "gp" }, prompt), shown));
    }
    /** What practice itself says. @param {string} text */
    note(text) { this.add(make("p", { className: "practice-note" }, ...marked(text))); }
    /** @param {number} number */
    status(number) { this.add(make("span", { className: "exit" }, `종료 상태 ${number}`)); }

    /** Prints an output, each line after its pause in `pauses`, and ends after the one behind the last.
     * @param {string} output @param {number[]} pauses */
    async print(output, pauses) {
      const block = make("pre", { className: TABLE.test(output) ? "practice-output practice-table" : "practice-output" });
      const lines = output ? output.split("\n") : [];
      this.isSkipping = false;
      for (const [at, line] of lines.entries()) {
        await this.pause(pauses[at]);
        if (!at) this.add(block);
        const shown = line.replace(TIME, "  $1");
        block.append(at ? `\n${shown}` : shown);
        this.follow();
      }
      await this.pause(pauses[lines.length]);
      if (block.scrollWidth > block.clientWidth) block.tabIndex = 0; // so that arrows scroll it
    }
    /** @param {number | undefined} time */
    pause(time) {
      if (!time || this.isSkipping) return;
      return new Promise((done) => {
        const timer = setTimeout(done, time);
        this.wake = () => { clearTimeout(timer); done(undefined); };
      });
    }
    /** Brings the rest of an output at once. */
    skip() {
      this.isSkipping = true;
      this.wake();
    }
    clear() { this.log.replaceChildren(); }
  }

  globalThis.practiceScreen = { make, marked, screen: (name) => new Screen(name) };
}
