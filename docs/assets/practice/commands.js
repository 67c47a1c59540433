// Words as shell.js reads them -> commands whose options have their long names and no order, so that two ways to write one
// come out the same. It knows of options what tests/harness/claims/options.py does: practice/options.js.
{
  const { read, leads } = practiceShell;
  const known = practiceOptions;
  const [flags, noFlags, runsAnother, groups, starters] = [known.flags, known.noFlags, known.runsAnother, known.groups,
    known.starters].map((names) => new Set(names));

  /** The shortest of docker's names of a command. @param {string} name */
  function plain(name) {
    const words = name.split(" ");
    const last = /** @type {string} */ (words.pop());
    const full = words.length > 1 ? [...words, known.sameWord[last] ?? last].join(" ") : name;
    if (full in known.shortFor || known.longOnly.includes(full)) return known.shortFor[full] ?? full;
    return full.replace(/^docker (?:container|image) /, "docker ");
  }

  /** @param {string} name @param {string} option */
  function takesValue(name, option) {
    if (!name.startsWith("docker")) return (known.others[name] ?? "").split(" ").includes(option);
    if (option.startsWith("--")) {
      const flag = flags.has(option) || option.startsWith("--no-") || (known.flagsOf[name] ?? "").split(" ").includes(option);
      return noFlags.has(option) || !flag;
    }
    const letters = known.letters[name] ?? (/ (?:ls|inspect)$/.test(name) ? "f" : "");
    return letters.includes(option[1]);
  }

  /** @param {string} name @param {string} option */
  function long(name, option) {
    const own = known.long[name];
    return own?.[option] ?? (name.startsWith("docker") ? known.long[""][option] : undefined) ?? option;
  }

  /** As readers write it: by its letter, where it has one. @param {string} name @param {string} option */
  function short(name, option) {
    const known = Object.entries({ ...(name.startsWith("docker") ? practiceOptions.long[""] : {}), ...practiceOptions.long[name] });
    return known.find(([letter, word]) => word === option && /^-\w$/.test(letter))?.[0] ?? option;
  }

  /** Options and arguments behind a command's name. @param {string} name @param {string[]} words @param {boolean} first */
  function options(name, words, first) {
    const found = /** @type {Record<string, string[]>} */ ({}), rest = [...words], args = /** @type {string[]} */ ([]);
    const add = (option, value) => { if (value !== "false") (found[long(name, option)] ??= []).push(value ?? ""); };
    const isKnown = name.startsWith("docker") || name in known.others;
    while (rest.length) {
      const word = /** @type {string} */ (rest.shift());
      if (word === "--") break;
      if (!word.startsWith("-") || word === "-") {
        args.push(word);
        if (first || runsAnother.has(name)) break;
      } else if (word.startsWith("--")) {
        const [option, ...value] = word.split("=");
        const given = value.length ? value.join("=") : takesValue(name, option) ? rest.shift() : "";
        add(option, given === "true" && !takesValue(name, option) ? "" : given);
      } else if (!isKnown) add(word, "");
      else letters(word.slice(1));
    }
    /** @param {string} text */
    function letters(text) {
      for (let at = 0; at < text.length; at++) {
        const behind = text.slice(at + 1), option = `-${text[at]}`;
        if (takesValue(name, option)) return add(option, behind ? behind.replace(/^=/, "") : rest.shift());
        if (behind.startsWith("=")) return add(option, behind.slice(1) === "true" ? "" : behind.slice(1));
        add(option, "");
      }
    }
    return { found, args: [...args, ...rest] };
  }

  /** The command of a program's words. @param {string[]} words @returns {ShellCommand} */
  function command(words) {
    const at = words.findIndex((word) => !leads.has(word) && !/^\w+\+?=/.test(word));
    const [lead, [program = "", ...behind]] = at < 0 ? [words, []] : [words.slice(0, at), words.slice(at)];
    let name = program.replace(/^.*\//, "");
    if (starters.has(name)) {
      const { found, args } = options(name, behind, true);
      const taken = name === "timeout" ? 1 : 0;
      const starts = args.length > taken ? command(args.slice(taken)) : null;
      return { lead, name, typed: name, options: found, args: args.slice(0, taken), starts };
    }
    let { found, args } = options(name, behind, groups.has(name)), typed = name;
    const before = /** @type {Record<string, string[]>} */ ({});
    while (args.length && groups.has(name)) {
      for (const [option, values] of Object.entries(found)) before[`${typed} ${option}`] = values;
      typed = name = `${name} ${args[0]}`;
      ({ found, args } = options(plain(name), args.slice(1), groups.has(name)));
    }
    return { lead, name: plain(name), typed, options: { ...before, ...found }, args, starts: null };
  }

  /** The commands of a text, each with what stands before it and where its output goes. @param {string} text */
  function parse(text) {
    const pieces = /** @type {ShellPiece[]} */ ([]);
    let before = "", words = /** @type {string[]} */ ([]), files = /** @type {string[]} */ ([]);
    const end = (op) => {
      if (op === "&") files.push(op); // nobody waits for it, whatever comes behind
      if (words.length || files.length) pieces.push({ before, files, ...command(words) });
      else if (op === ";") return;
      [before, words, files] = [op, [], []];
    };
    const { tokens } = read(text.trim());
    for (let at = 0; at < tokens.length; at++) {
      const { word, op = "", text: document } = tokens[at];
      if (word !== undefined) words.push(word);
      else if (/[<>]/.test(op)) {
        const file = tokens[++at]?.word ?? ""; // of a here-document the word that ends it, which may be any
        files.push(document === undefined ? op + file : `<<\n${document}`);
      } else if (op !== "\n") end(op);
      else if (!leads.has(words.at(-1) ?? "")) end(";");
    }
    end("");
    return pieces;
  }

  globalThis.practiceCommands = { parse, short };
}
