// A command that was typed, beside the one that the page has: whether they mean the same, else what to say of it, with the
// guide's own sample of the error where it has one.
{
  const { parse, short } = practiceCommands;
  const { active } = practiceShell;
  const NAMED_BY = new RegExp("^docker (?:stop|start|restart|rm|logs|exec|attach|inspect|kill|pause|unpause|top|port|stats|"
    + "rename|wait|cp|diff|commit|export|update)$");
  const ANY_ORDER = /^docker (?:stop|start|restart|rm|rmi|kill|pause|unpause)$|^docker (?:network|volume) rm$/;
  const TAKES_IMAGE = /^docker (?:run|create|pull|push|rmi|tag|save|history|inspect|build)$/;
  const EXIST = new Set(practiceOptions.commands);
  const RUNS = /^docker (?:run|create)$/;
  const SHORT = 12;

  const shown = (word) => word.replaceAll(active, "");
  const code = (word) => `\`${shown(word)}\``;

  /** @param {string} typed @param {string} word */
  function isMisspelt(typed, word) {
    const most = word.length > 4 ? 2 : 1;
    const letters = (text) => text.replace(/\d+/g, "0"); // another number is another version
    return letters(typed) !== letters(word) && editDistance(typed, word, most) <= most;
  }

  /** The container or image that a word means: by its whole id, a beginning of it, or its name. @param {PracticePage} page */
  function thing(page, word) {
    const isOf = (id) => (word.length > SHORT ? word.startsWith(id) : id.startsWith(word));
    const ids = /^[0-9a-f]+$/.test(word) ? Object.keys(page.names).filter(isOf) : [];
    if (ids.length === 1) return page.names[ids[0]] || ids[0];
    return Object.values(page.names).includes(word) ? word : null;
  }

  const PWD = new RegExp(`${active}(?:\\$\\(pwd\\)|\`pwd\`)`, "g");
  const PATHS = /^(?:mkdir|rmdir|ls|cd)$/;
  const MOUNT = { source: "src", target: "dst", destination: "dst", readonly: "ro" };
  /** A word as one of those that mean the same to a program. */
  function plain(name, word) {
    const here = word.replace(/^\.(?=\/)/, `${active}$PWD`).replace(PWD, `${active}$PWD`);
    if (name === "curl") return here.replace(/^http:\/\//, "").replace(/^([^/]+)\/$/, "$1");
    if (name === "--mount") return here.split(",").map((part) => part.replace(/^\w+/, (key) => MOUNT[key] ?? key)).sort().join();
    return PATHS.test(name) ? here.replace(/(?<=.)\/$/, "") : here;
  }

  function isSame(page, name, wanted, typed) {
    if (plain(name, wanted) === plain(name, typed)) return true;
    const meant = thing(page, wanted);
    if (meant !== null && (wanted.length >= SHORT || meant === wanted)) return thing(page, typed) === meant;
    return TAKES_IMAGE.test(name) && (`${wanted}:latest` === typed || `${typed}:latest` === wanted);
  }

  const sorted = (values) => [...values].sort();
  /** What differs in the options. @returns {PracticeSaid | null} */
  function options(page, wanted, typed) {
    const [ours, theirs] = [wanted.options, typed.options];
    const option = (name) => code(short(wanted.name, name));
    const added = Object.keys(theirs).find((name) => !(name in ours));
    const missing = Object.keys(ours).filter((name) => !(name in theirs));
    if (added && missing.some((name) => isMisspelt(added, name)))
      return { note: `${code(added)} 옵션은 없습니다. 철자를 확인합니다.`, error: ["flag", added] };
    if (missing.length) {
      const hasValue = missing.some((name) => ours[name][0]);
      return { note: `${missing.map(option).join(", ")} ${hasValue ? "옵션과 그 값이" : "옵션이"} 더 필요합니다.` };
    }
    if (added) return { note: `${option(added)} 옵션은 여기서 쓰지 않습니다.` };
    for (const [name, values] of Object.entries(ours)) {
      const [left, right] = [sorted(values), sorted(theirs[name])];
      const program = name === "--mount" ? name : wanted.name;
      if (left.length !== right.length || left.some((value, at) => !isSame(page, program, value, right[at])))
        return { note: `${option(name)} 옵션의 값이 본문과 다릅니다.` };
    }
    return null;
  }

  /** What differs in the arguments. @returns {PracticeSaid | null} */
  function args(page, wanted, typed) {
    const isSet = ANY_ORDER.test(wanted.name) && wanted.args.length === typed.args.length;
    if (isSet && wanted.args.every((word) => typed.args.some((other) => isSame(page, wanted.name, word, other)))) return null;
    const at = wanted.args.findIndex((word, index) => !isSame(page, wanted.name, word, typed.args[index] ?? ""));
    const word = typed.args[at] ?? "", more = typed.args[wanted.args.length];
    if (at < 0) return more === undefined ? null : { note: `${code(more)} 부분은 여기서 쓰지 않습니다.` };
    if (!word) return { note: "명령이 덜 끝났습니다. 뒤에 더 적을 것이 있습니다." };
    if (more !== undefined && isSame(page, wanted.name, wanted.args[at], typed.args[at + 1]))
      return { note: `${code(word)} 부분은 여기서 쓰지 않습니다.` };
    const isNamed = NAMED_BY.test(wanted.name) && (!at || ANY_ORDER.test(wanted.name)) && named(page).has(wanted.args[at]);
    if (isNamed || wanted.args[at] in page.ids || word in page.ids || thing(page, wanted.args[at]) !== null)
      return container(page, wanted, at, word);
    if (wanted.args[at].startsWith(`${word} `)) return { note: "빈칸이 든 부분은 따옴표로 묶습니다." };
    return misspelt(wanted, at, word) ?? { note: `${code(word)} 부분이 본문과 다릅니다.` };
  }
  /** An image that no registry has, or a program that no image has. @returns {PracticeSaid | null} */
  function misspelt({ name, args: ours }, at, word) {
    const isLatest = word.split(":")[0] === ours[at].split(":")[0] && isMisspelt(word.split(":")[1] ?? "", "latest");
    if ((!isLatest && !isMisspelt(word, ours[at])) || word.includes("/")) return null;
    const [isPull, isRun] = [name === "docker pull", RUNS.test(name)];
    if (at === 0 && (isPull || isRun)) {
      const isTag = word.split(":")[0] === ours[at].split(":")[0];
      const kind = isPull ? (isTag ? "pull" : "repository") : isTag ? "image" : "";
      return { note: `${code(word)} 이미지는 레지스트리에 없습니다. 이름과 태그의 철자를 확인합니다.`, error: [kind, word] };
    }
    if (at !== 1 || (!isRun && name !== "docker exec")) return null;
    return { note: `컨테이너에는 ${code(word)} 프로그램이 없습니다. 철자를 확인합니다.`, error: [isRun ? "program" : "exec", word] };
  }
  /** The names that a page gives its containers. @param {PracticePage} page */
  function named({ steps }) {
    return new Set(steps.flatMap(({ command = "" }) => parse(command)).flatMap(({ options }) => options["--name"] ?? []));
  }
  /** A container that isn't the one that is meant. @returns {PracticeSaid} */
  function container(page, wanted, at, word) {
    const isOfPage = Object.keys(page.ids).some((id) => word.length > 3 && (word.startsWith(id) || id.startsWith(word)));
    const isOther = thing(page, word) !== null || named(page).has(word);
    const note = isOfPage ? "본문에 나온 ID입니다. 실행할 때마다 달라지므로, 이 화면에 나온 ID를 입력합니다."
      : isOther ? "여기서 가리킬 것은 다른 컨테이너입니다."
        : "그런 이름이나 ID는 없습니다. 이 화면에 나온 이름이나 ID를 확인합니다.";
    return { note, error: NAMED_BY.test(wanted.name) && !isOther ? ["container", word] : undefined };
  }

  /** Another command than the wanted one. @param {ShellCommand} wanted @param {ShellCommand} typed @returns {PracticeSaid} */
  function another(wanted, typed) {
    const [program, ...rest] = typed.typed.split(" ");
    const isDocker = wanted.name.startsWith("docker "), last = wanted.name.replace(/.* /, "");
    const isInGroup = rest.length === 2 && wanted.name === `${program} ${rest[0]} ${last}` && isMisspelt(rest[1], last);
    if (isDocker && isMisspelt(program, "docker"))
      return { note: `${code(program)} 명령은 없습니다. ${code("docker")}의 철자를 확인합니다.`, isSlip: true };
    if (isDocker && program === "docker" && rest.length === 1 && !EXIST.has(typed.name) && isMisspelt(typed.name, wanted.name))
      return { note: `${code(typed.typed)} 명령은 없습니다. 철자를 확인합니다.`, error: ["command", rest[0]], isSlip: true };
    if (isInGroup && !EXIST.has(typed.name)) return { note: `${code(typed.typed)} 명령은 없습니다. 철자를 확인합니다.`, isSlip: true };
    if (!isDocker && wanted.name.length > 3 && editDistance(program, wanted.name, 1) === 1)
      return { note: `${code(program)} 명령은 없습니다. ${code(wanted.name)}의 철자를 확인합니다.`, isSlip: true };
    if (wanted.name === "sudo") return { note: `앞에 ${code("sudo")}를 붙입니다.` };
    if (typed.name === "sudo") return { note: `${code("sudo")} 없이 실행합니다.` };
    return { note: typed.name ? `${code(typed.typed)} 명령은 지금 할 일과 다릅니다.` : "지금 할 일과 다른 명령입니다.", far: true };
  }

  /** @param {PracticePage} page @param {ShellCommand} wanted @param {ShellCommand} typed @returns {PracticeSaid | null} */
  function commands(page, wanted, typed) {
    if (wanted.name !== typed.name) return another(wanted, typed);
    if (wanted.lead.join(" ") !== typed.lead.join(" ")) return { note: "명령 앞에 적은 것이 본문과 다릅니다." };
    const found = options(page, wanted, typed) ?? args(page, wanted, typed);
    if (found || !wanted.starts) return found;
    return typed.starts ? commands(page, wanted.starts, typed.starts) : { note: "명령이 덜 끝났습니다." };
  }

  /** What to say of a command that isn't the wanted one; null where it means the same. @param {PracticePage} page */
  function compare(page, wanted, typed) {
    const [ours, theirs] = [parse(wanted), parse(typed)];
    for (const [at, piece] of ours.entries()) {
      const other = theirs[at];
      if (!other && !at) return { note: "지금 할 일과 다른 명령입니다.", far: true };
      if (!other) return { note: "여기까지는 맞습니다. 뒤에 이어지는 명령이 더 있습니다.", isBegun: piece.before === "&&" };
      const found = commands(page, piece, other);
      if (found) return found;
      if (piece.before !== other.before) return { note: "명령을 잇는 기호가 본문과 다릅니다." };
      if (piece.files.join("\n") !== other.files.join("\n"))
        return { note: "파일에 쓰거나 파일에서 읽는 부분이 본문과 다릅니다." };
    }
    return theirs.length > ours.length ? { note: `${code(theirs[ours.length].typed)} 명령은 여기서 더 쓰지 않습니다.` } : null;
  }

  globalThis.practiceCompare = { compare, thing };
}
