// What a reader types, read as bash reads it: words without their quotes, and what stands between them. commands.js makes
// commands of it. What the shell would act on is marked, so that `$HOME` isn't taken for '$HOME'.
{
  const ACTIVE = "\u0001";
  const OPERATORS = ["<<-", "<<<", "&>>", "&&", "||", ";;", "|&", "<<", "<&", ">&", "&>", ">>", "|", "&", ";", "(", ")", "<", ">"];
  const OPENS = new Set(["for", "while", "until", "if", "case", "select", "{"]);
  const CLOSES = new Set(["done", "fi", "esac", "}"]);
  const LEADS = new Set(["do", "then", "else", "elif", "if", "while", "until", "!", "time", "{"]);

  class Reader {
    /** @param {string} text */
    constructor(text) {
      this.text = text;
      this.at = 0;
      this.word = /** @type {string | null} */ (null); // that is being read
      this.tokens = /** @type {ShellToken[]} */ ([]);
      this.documents = /** @type {ShellToken[]} */ ([]); // here-documents whose text is still to come
      this.isOpen = false; // a quote or its like has no end
      while (this.at < text.length) this.next();
      this.endWord();
      this.isOpen ||= this.documents.length > 0;
    }
    next() {
      const { text, at, word } = this, letter = text[at];
      if (letter === "\\" && text[at + 1] === "\n") this.at += 2;
      else if (letter === "\n") this.newLine();
      else if (/\s/.test(letter)) { this.endWord(); this.at++; }
      else if (letter === "#" && word === null) this.at = this.end(text.indexOf("\n", at));
      else if (letter === "'") this.singleQuoted();
      else if (letter === '"') this.doubleQuoted();
      else if (letter === "\\") this.escaped();
      else if (letter === "$" || letter === "`") this.expansion();
      else if (!this.operator()) this.plain(letter);
    }
    /** @param {string} letters */
    add(letters) { this.word = (this.word ?? "") + letters; }
    endWord() {
      if (this.word !== null) this.tokens.push({ word: this.word });
      this.word = null;
    }
    /** A place in the text, or its end. @param {number} found */
    end(found) { return found < 0 ? this.text.length : found; }

    /** @param {string} letter */
    plain(letter) {
      this.add("*?".includes(letter) || (letter === "~" && this.word === null) ? ACTIVE + letter : letter);
      this.at++;
    }
    escaped() {
      this.isOpen = this.at + 1 >= this.text.length;
      this.add(this.text[this.at + 1] ?? "");
      this.at += 2;
    }
    singleQuoted() {
      const end = this.text.indexOf("'", this.at + 1);
      this.isOpen ||= end < 0;
      this.add(this.text.slice(this.at + 1, this.end(end)));
      this.at = this.end(end) + 1;
    }
    doubleQuoted() {
      const { text } = this;
      this.add("");
      for (this.at++; this.at < text.length && text[this.at] !== '"';) {
        const letter = text[this.at], isEscape = letter === "\\" && '\\"$`\n'.includes(text[this.at + 1] ?? " ");
        if ("$`".includes(letter)) { this.expansion(); continue; }
        if (!isEscape) this.add(letter);
        else if (text[this.at + 1] !== "\n") this.add(text[this.at + 1]);
        this.at += isEscape ? 2 : 1;
      }
      this.isOpen ||= this.at >= text.length;
      this.at++;
    }
    /** `$`, `$( )` and backquotes. */
    expansion() {
      const { text, at } = this;
      const to = text.startsWith("$(", at) ? this.parenthesis(at + 1) : text[at] === "`" ? text.indexOf("`", at + 1) : at;
      this.isOpen ||= to < 0;
      this.add(ACTIVE + text.slice(at, this.end(to) + 1).replace(/\s+/g, " "));
      this.at = this.end(to) + 1;
    }
    /** The end of what the parenthesis at `at` begins; -1 where it has none. @param {number} at */
    parenthesis(at) {
      for (let depth = 0; at < this.text.length; at++) {
        depth += this.text[at] === "(" ? 1 : this.text[at] === ")" ? -1 : 0;
        if (depth === 0) return at;
      }
      return -1;
    }
    operator() {
      const op = OPERATORS.find((one) => this.text.startsWith(one, this.at));
      if (!op) return false;
      const stream = /^[<>]/.test(op) && /^\d+$/.test(this.word ?? "") ? this.word : "";
      if (stream) this.word = null;
      this.endWord();
      const token = { op: stream + op };
      this.tokens.push(token);
      if (op === "<<" || op === "<<-") this.documents.push(token);
      this.at += op.length;
      return true;
    }
    newLine() {
      this.endWord();
      this.tokens.push({ op: "\n" });
      this.at++;
      for (const document of this.documents.splice(0)) this.hereDocument(document);
    }
    /** @param {ShellToken} document */
    hereDocument(document) {
      const word = this.tokens[this.tokens.indexOf(document) + 1]?.word ?? "";
      const lines = this.text.slice(this.at).split("\n");
      const last = lines.findIndex((line) => (document.op === "<<-" ? line.replace(/^\t+/, "") : line) === word);
      this.isOpen ||= last < 0;
      document.text = lines.slice(0, last < 0 ? undefined : last).map((line) => line.trimEnd()).join("\n");
      const taken = last < 0 ? lines : lines.slice(0, last + 1);
      this.at = Math.min(this.text.length, this.at + taken.join("\n").length + 1);
    }
  }

  /** Whether a loop, a group or an operator waits for more. @param {ShellToken[]} tokens */
  function waits(tokens) {
    let depth = 0, first = true;
    for (const { word, op } of tokens) {
      if (op === "(") depth++;
      if (op === ")") depth = Math.max(0, depth - 1); // those of `case` have no beginning
      if (word !== undefined && first) depth += OPENS.has(word) ? 1 : CLOSES.has(word) ? -1 : 0;
      first = word === undefined ? !/[<>]/.test(op ?? "") : first && LEADS.has(word);
    }
    return depth > 0 || ["&&", "||", "|", "|&"].includes(tokens.at(-1)?.op ?? "");
  }

  /** @param {string} text @returns {ShellText} */
  function read(text) {
    const { tokens, isOpen } = new Reader(text);
    return { tokens, unfinished: isOpen || waits(tokens) };
  }

  /** The commands in a text, which may have been pasted, and what is unfinished at its end. @param {string} text */
  function split(text) {
    const commands = /** @type {string[]} */ ([]);
    let rest = "";
    for (const line of text.split("\n")) {
      rest = rest ? `${rest}\n${line}` : line;
      if (read(rest).unfinished) continue;
      if (rest.trim()) commands.push(rest);
      rest = "";
    }
    return { commands, rest };
  }

  globalThis.practiceShell = { read, split, leads: LEADS, active: ACTIVE };
}
