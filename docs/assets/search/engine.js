// Turns what a reader types into the pages that answer it, in the browser, for search.js.
//
// query ──terms──> forms of each word ──match──> words of the index ──rank──> pages, their best sections, their lines
//
// Korean is compared by its letters (letters.js): so 지우 begins 지운 and 지웁니다, and 지워 as well. What words mean the
// same comes from words.js.
{
  const { letters, isKorean, syllables, otherLayout, skeleton, soundsAs } = searchLetters;
  const WORD = /-{0,2}[a-z0-9_$](?:[a-z0-9_.\/:@+-]*[a-z0-9_])?|-{0,2}[가-힣ㄱ-ㅣ]+/gi;
  const INSTRUCTION = /^(?:FROM|RUN|CMD|ENTRYPOINT|COPY|ADD|ENV|ARG|EXPOSE|WORKDIR|USER|VOLUME|LABEL|SHELL|STOPSIGNAL|ONBUILD)$/;
  const ID = /^[0-9a-f]{10,}$|^(?=.*\d)(?=.*[a-f])[0-9a-f]{4,}$|^sha256:/i; // of somebody's engine, and nobody else's
  const best = (values) => values.reduce((most, value) => Math.max(most, value), 0);

  // -- particles and endings

  const alternatives = (words) => letters(words).trim().split(/\s+/).join("|");
  const PARTICLES = `은 는 이 가 을 를 에 의 도 만 로 와 과 란 나 요 으로 에서 에게 까지 부터 처럼 보다 마다 랑 이랑 이란 이나 라는 이라는
    으로는 에는 에서는 으로부터 한테`;
  const ENDINGS = `고 며 면 면서 으면 려면 으려면 려고 으려고 기 음 지 게 자 서 는데 은데 인데 는지 은지 을지 을까
    나요 까요 어요 아요 네요 세요 으세요 니다 습니다 어서 아서 어야 아야 어도 아도 던 다 어 아 었 았 겠 는법 는방법 하 하기 하는
    하고 하려면 해 해서 했 한 할 되 되나 되는 된 돼 됐 시키 시키기 들 인가 인가요 이다 이에요 예요`;
  const PARTICLE = new RegExp(`(?:${alternatives(PARTICLES)})$`);
  // No verb's stem ends in 에: 엔진 isn't 에 with endings.
  const OF_VERBS = `(?<!${letters("에")}ᆫ?)(?:${alternatives(ENDINGS)}|ᆸ니다|ᆫ다|ᆫ데|ᆫ지|ᆯ까|ᆯ때|ᆯ지|ᅥ야|ᅡ야|ᅥ|ᅡ|ᆻ)`;
  const VERB = new RegExp(`${OF_VERBS}$`);
  const ENDING = new RegExp(`(?:${alternatives(PARTICLES)}|ᆫ|ᆯ|ᆷ|${OF_VERBS})$`);
  // As people speak, and verbs that only help another: they look like ends of other words, so two syllables must be left.
  const SPOKEN = new RegExp(`(?:${alternatives(`야 요 죠 까 냐 래 래요 대 대요 더라 던데 길래 거든 거든요 잖아 지만 거나 도록 다가 다고 라고 라서 네 거 거야 거임
    건가 건가요 건지 건데 거죠 을때 을때마다 때 때마다 으니 으니까 니까 자마자 고싶 고싶다 하고싶 싶 지마 보 봐 주 줘 놓 두 놔 둬 버리 버려 줄 볼`)}|ᅥ보|ᅡ보|ᅥ주|ᅡ주|ᅥ놓|ᅡ놓|ᅥ두|ᅡ두|ᅥ버리|ᅡ버리|ᅥ지|ᅡ지|ᆯ때마다|ᆯ수록)$`);

  /** The word and what is left of it as its endings come off, down to a word of words.js. */
  function stems(word) {
    const found = [word];
    while (isKorean(word) && !groups.has(word)) {
      const left = word.replace(ENDING, ""), spoken = word.replace(SPOKEN, "");
      const rest = left !== word ? left : syllables(spoken) > 1 ? spoken : word;
      if (rest === word || !syllables(rest)) break;
      const changed = rest.replace(/ᆯᄅ[ᅡᅥ]?$/, "르"); // 달라, 골라, 몰라: of 다르, 고르, 모르
      found.push((word = groups.has(rest) ? rest : groups.has(letters(changed)) ? letters(changed) : rest));
    }
    const plain = word.replace(/(?<=^[a-z]{3,})(?:ing|ed|s)$/, "");
    const listed = [plain, plain.replace(/(.)\1$/, "$1"), `${plain}e`].find((one) => groups.has(one)); // stopp, chang
    return plain === word || groups.has(word) ? found : [word, listed ?? plain];
  }

  // -- the index: sections with their lines (what readers ask of a page is one more), and of every word the sections that
  // it is in

  const groups = new Map(); // a word of words.js: all that mean the same
  for (const group of searchWords.map((words) => words.map(letters)))
    for (const word of group) groups.set(word, new Set([...(groups.get(word) ?? []), ...group]));
  const known = new Set(groups.keys()); // and what the pages say, which is spelt right, down to its stems
  const said = new Set(groups.keys()); // and what readers say, too
  const filler = new Set(searchFiller.map(letters));
  const vague = new Set(searchVague.map(letters));
  const isFiller = (text) => letters(text).replace(ENDING, "") === "" || stems(letters(text)).some((stem) => filler.has(stem));
  const sections = [];
  const topical = new Set(); // words of titles and questions
  const questions = []; // what readers ask: { section, words: how many tell what is looked for, text: its letters }
  // A word: { stems, in: the sections that it is in, each a number with how often it is there by field, questions: their
  // numbers }. Rows of numbers, as each key adds many of them up.
  const words = new Map();

  const TITLE = 0, PAGE = 1, TEXT = 2, ASKED = 3;
  const ROW = 5; // a section's number and its counts
  const spelt = new Map(); // a word as it stands in a line: its letters
  function spell(word) {
    let found = spelt.get(word);
    if (found === undefined) spelt.set(word, (found = letters(word)));
    return found;
  }

  function add(text, section, field) {
    let before = "", end = -1;
    for (const { 0: found, index } of text.matchAll(WORD)) {
      const word = spell(found);
      put(word, section, field);
      if (field !== ASKED && index === end + 1 && isKorean(before) && isKorean(word)) put(before + word, section, field);
      if (field === TEXT) section.length += 1;
      [before, end] = [word, index + found.length];
    }
  }

  function put(word, section, field) {
    let entry = words.get(word);
    if (!entry) words.set(word, (entry = { stems: new Set(stems(word)), in: [], questions: [], isKnown: false }));
    if (!entry.in.length) for (const stem of entry.stems) said.add(stem);
    if (field !== ASKED && !entry.isKnown) for (const stem of entry.stems) known.add(stem);
    entry.isKnown ||= field !== ASKED;
    if (entry.in.at(-ROW) !== section.number) entry.in.push(section.number, 0, 0, 0, 0);
    entry.in[entry.in.length - ROW + 1 + field] += 1;
    if (field !== TEXT) topical.add(word);
  }

  function addQuestion(text, section) {
    const asked = new Set((text.match(WORD) ?? []).map(spell));
    const telling = [...asked].filter((word) => ![...words.get(word).stems].some((stem) => filler.has(stem)));
    for (const word of telling) words.get(word).questions.push(questions.length);
    questions.push({ section, words: telling.length, text: letters(text) });
  }

  for (const [address, title, page, lines, boost, isAsked] of searchIndex) {
    const section = { number: sections.length, address, title, page, lines, boost, isAsked, length: 0, said: letters(lines.join("\n")), named: letters(title) };
    sections.push(section);
    if (!isAsked) add(title, section, TITLE);
    add(`${page} ${address.replace(/\.html.*/, "")}`, section, PAGE);
    for (const line of lines) {
      add(line, section, isAsked ? ASKED : TEXT);
      if (isAsked) addQuestion(line, section);
    }
  }
  const average = sections.reduce((sum, section) => sum + section.length, 0) / sections.length;

  const sounds = new Map(); // a skeleton: the words of either script that have it
  for (const word of known)
    if (isKorean(word) ? groups.has(word) : /^-*[a-z]+$/.test(word)) sounds.set(skeleton(word), [...(sounds.get(skeleton(word)) ?? []), word]);

  /** Words of the other script that sound like one that nobody knows, or like what its endings leave of it; surely where
   *  one could be written so. */
  function sounding(word) {
    for (const stem of stems(word)) {
      const found = skeleton(stem).length < 3 ? [] : sounds.get(skeleton(stem)) ?? [];
      const others = found.filter((other) => isKorean(other) !== isKorean(word));
      const same = others.filter((other) => (isKorean(stem) ? soundsAs(stem, other) : soundsAs(other, stem)));
      if (same.length) return { words: same, isSure: true };
      if (others.length) return { words: others, isSure: false };
    }
    return { words: [], isSure: false };
  }

  // -- a word of the query: the forms to look for, by how much each counts

  function forms(word, typed) {
    const found = new Map();
    const put = (form, weight) => found.set(form, Math.max(weight, found.get(form) ?? 0));
    if (INSTRUCTION.test(typed)) return new Map([[word, 1], ["dockerfile", 0.6]]); // RUN is no docker run
    stems(word).forEach((stem, step) => {
      put(stem, 0.9 ** step);
      for (const other of groups.get(stem) ?? []) put(other, other === stem ? 1 : 0.7);
    });
    // What only readers say, and the pages perhaps in the other script.
    if (said.has(word) && ![...found.keys()].some((form) => known.has(form)))
      for (const other of sounding(word).words) put(other, 0.5);
    if (![...found.keys()].some((form) => groups.has(form)) && !words.has(word))
      for (const [form, weight] of misspelt(word, [...groups.keys()], 1)) put(form, 0.8 * weight);
    return found;
  }

  /** How well a word that holds a form of Korean at `at` fits it, from 0 to 1. */
  function fitKorean(form, word, at) {
    if (word === form) return 1;
    if (words.get(word).stems.has(form)) return 0.95;
    return syllables(form) < 2 ? 0 : at ? 0.5 : 0.6;
  }

  function fitOther(form, word, at) {
    if (word === form) return 1;
    if (form.startsWith("-") || form.length < 2) return 0;
    const whole = !/[a-z0-9]/.test(word[at + form.length] ?? ""), start = !/[a-z0-9]/.test(word[at - 1] ?? "");
    return start && whole ? 0.8 : form.length < 3 ? 0 : start ? 0.6 : form.length > 3 ? 0.3 : 0;
  }

  // All words of the index in one text: who looks for a form there looks for it in all of them at once.
  const allWords = `\n${[...words.keys()].join("\n")}\n`;

  const matched = new Map(); // a form: the words that fit it; who types asks for the same ones with every key
  function fitting(form) {
    if (matched.has(form)) return matched.get(form);
    const found = [], korean = isKorean(form), fit = korean ? fitKorean : fitOther;
    const short = (korean ? syllables(form) : form.length) < 2, sought = short ? `\n${form}` : form; // short: only how a word begins
    for (let at = allWords.indexOf(sought); at >= 0; ) {
      const start = short ? at + 1 : allWords.lastIndexOf("\n", at) + 1, end = allWords.indexOf("\n", start);
      const word = allWords.slice(start, end), value = fit(form, word, short ? 0 : at - start);
      if (value) found.push([word, value]);
      at = allWords.indexOf(sought, end);
    }
    matched.set(form, found);
    return found;
  }

  /** The words of the index that fit, with how well. */
  function match(found) {
    const fits = new Map();
    for (const [form, weight] of found)
      for (const [word, value] of fitting(form))
        if (weight * value > Math.max(0.25, fits.get(word) ?? 0)) fits.set(word, weight * value);
    return fits;
  }

  /** Words of `among` at most `most` letters away, as forms. */
  function misspelt(word, among, most) {
    if (word.length < 3) return [];
    let nearest = most, found = [];
    for (const other of among) {
      if (Math.abs(other.length - word.length) > nearest || isKorean(other) !== isKorean(word)) continue;
      const sound = word[0] === "ᄋ" ? 2 : 1; // the first letter that is heard
      if (word.length < 5 && word.slice(0, sound) !== other.slice(0, sound)) continue; // gpu is no cpu, and 애저 no 유저
      const far = editDistance(word, other, nearest);
      if (far < nearest) [nearest, found] = [far, []];
      if (far === nearest && other.length > 2 * far) found.push(other);
    }
    const listed = found.filter((other) => groups.has(other));
    const tooShort = word.length < 4 && !isKorean(word); // each letter of gpu could be another's slip: only common words
    return (listed.length || tooShort ? listed : found).flatMap((other) =>
      [[other, 0.9], ...[...(groups.get(other) ?? [])].filter((one) => one !== other).map((one) => [one, 0.6])]);
  }

  /** Whether a word is one of `among` with its endings, and not several: 이미지를, but not 이미지만들기. */
  function whole(word, among) {
    const stem = stems(word).find((one) => among.has(one) && (syllables(one) > 1 || groups.has(one)));
    return stem && (groups.has(stem) || !stems(word.slice(stem.length)).some((end) => groups.has(end)));
  }

  /** 볼륨삭제 as [볼륨, 삭제]: the fewest known words that the run-together one is made of; empty where it is none,
   *  unless it may leave out (`loose`) what it doesn't know. */
  function split(text, loose = false, among = known) {
    if (!text || whole(letters(text), among)) return text ? [text] : [];
    for (let at = text.length - 1; at > 0; at--) {
      const head = text.slice(0, at), rest = text.slice(at);
      if (at > 1 ? !whole(letters(head), loose ? groups : said) : !/[안못]/.test(head)) continue; // 안보여요
      if (letters(rest).replace(ENDING, "") === "" || isFiller(rest)) return [head];
      const others = split(rest, loose, said);
      if (others.length || loose) return [head, ...others];
    }
    return loose ? split(text.slice(1), true) : [];
  }

  const begun = (start) => [...words.keys()].some((word) => word.startsWith(start));

  /** What was typed as terms: of each the words of the index that fit, and how much it counts. */
  function terms(query) {
    // A letter that is in no syllable comes from a keyboard in the wrong language, and the words beside it too; or it
    // is the last, and the first of a syllable that is still being typed.
    const wrong = /[ㄱ-ㅣ]/.test(query.replace(/[가-힣]+[ㄱ-ㅎ]$/, (word) => (begun(letters(word)) ? "" : word)));
    const meant = wrong ? query.replace(/[가-힣ㄱ-ㅣ]+/g, otherLayout)
      : query.normalize("NFC").replace(/왜(?=[가-힣])/g, "왜 ") // 왜안돼
        .replace(/않(?=[되돼됨켜꺼보돌열먹떠뜨]|나[오와옴])/g, "안 "); // 않켜져요
    const plain = meant.replace(/%[0-9a-f]{2}/gi, " "); // a slash of an address that was pasted: %2F
    const typed = (plain.match(WORD) ?? []).filter((word) => !ID.test(word)).slice(0, 30);
    return together(typed).flatMap(readings).map((reading, at, all) =>
      all.indexOf(reading) < at ? { ...reading, weight: reading.weight * (reading.slight ? 1 : 0.35) } : reading);
  }

  /** A word that was typed, with what it finds and how much it counts. */
  function term({ text, fits, own, guess, ...read }) {
    const found = places(fits), most = best([...fits.values()]);
    const often = found.reduce((sum, [, , fit]) => sum + (fit / most) ** 2, 0); // that a synonym is common makes no word common
    const rare = Math.log(1 + (sections.length - often + 0.5) / (often + 0.5));
    const slight = isFiller(text);
    const tells = slight ? 0.1 : telling(text, fits) * (own || isVague(text) ? 0.35 : guess ? 0.5 : 1);
    const isKnown = [...fits].some(([word, fit]) => fit > 0.4 && words.get(word).isKnown);
    // What one reader alone has said is rare and tells little.
    return { ...read, text, fits, guess, slight, found, asked: asked(fits), weight: tells * (isKnown ? 1 : 0.75) * (0.1 + Math.min(rare, 4)) };
  }

  /** Sections by their number, with how much words that fit say there and how well the best of them fits. */
  function places(fits) {
    const found = new Float64Array(sections.length * ROW), seen = new Set();
    for (const [word, fit] of fits) {
      const row = words.get(word).in;
      for (let at = 0; at < row.length; at += ROW) {
        const place = row[at] * ROW;
        seen.add(row[at]);
        if (row[at + 1] && fit > found[place]) found[place] = fit;
        if (row[at + 2] && fit > found[place + 1]) found[place + 1] = fit;
        found[place + 2] += row[at + 3] * fit;
        if (row[at + 4] && fit > found[place + 3]) found[place + 3] = fit;
        if (fit > found[place + 4]) found[place + 4] = fit;
      }
    }
    return [...seen].map((number) => {
      const { length, page: name } = sections[number], [title, page, text, asked, fit] = found.subarray(number * ROW);
      const often = (2 * text) / (text + 0.5 + 0.5 * length / average);
      const named = name.split(" ").length; // words: each tells less of a long title
      return [number, 2.5 * title + (2 * page) / named ** 0.5 + 0.5 * asked + often, fit];
    });
  }

  /** Questions by their number, with how well the best of their words fits. */
  function asked(fits) {
    const found = new Map();
    for (const [word, fit] of fits)
      for (const number of words.get(word).questions) if (fit > (found.get(number) ?? 0)) found.set(number, fit);
    return [...found];
  }

  /** What a container happens to run or is called: web-1. */
  function isVague(text) {
    return /^[a-z]+[-_]\d$/i.test(text) || stems(letters(text)).some((stem) => vague.has(stem));
  }

  /** How much a word tells of what is looked for: less where neither a title nor a question has it, and a number least. */
  function telling(text, fits) {
    if (isKorean(text) && syllables(letters(text)) < 2 && !groups.has(letters(text))) return 0.4;
    if (/^.$/.test(text)) return 0.3;
    if ([...fits].some(([word, fit]) => fit > 0.4 && topical.has(word))) return 1;
    return isKorean(text) ? 0.5 : /^\d+$/.test(text) ? 0.3 : 0.7;
  }

  /** The words that were typed and that neither a page nor a reader's question says; none where they are a small part of
   *  it, as the names of the reader's own are in an error that was pasted. What a doubtful guess was found for counts as
   *  said beside a word that is, but docker: 엔진별 beside 버전. A name doesn't: 크론탭 beside 등록. */
  function missing(query) {
    const telling = terms(query).filter(({ text, slight }) => !slight && text.length > 1 && !/^\d/.test(text));
    const parts = (compound) => telling.filter(({ text, typed }) => typed === compound && text !== typed);
    const said = telling.filter((term) => isSaid(term) && (VERB.test(letters(term.typed)) || isOfOnePage(parts(term.typed))));
    const isAlone = said.every(({ word }) => groups.get("docker").has(word));
    const unknown = telling.filter((term) => !said.includes(term) && (isAlone || !term.isDoubtful || term.isName));
    return unknown.length * 6 < telling.length ? [] : [...new Set(unknown.map(({ typed }) => typed))];
  }

  /** Whether one page says all that a run-together name is made of: 볼륨삭제, but not 오픈스택. */
  function isOfOnePage(parts) {
    const saying = ({ found }) => found.filter(([, , fit]) => fit > 0.65).map(([number]) => sections[number].page);
    const pages = parts.map((part) => new Set(saying(part)));
    return parts.length < 2 || [...pages[0]].some((page) => pages.every((those) => those.has(page)));
  }

  /** Whether what is found for a word is what was typed: no more than its endings or a slip is between them. */
  function isSaid({ text, typed, word, fits, guess, isDoubtful }) {
    if (isDoubtful || best([...fits.values()]) <= 0.4) return false;
    if (guess || !isKorean(text)) return true;
    const left = grammatical(stems(word)), cut = left.slice(1), fitsIn = (stem, least) => fitting(stem).some(([, fit]) => fit > least);
    if (left.some((stem) => groups.has(stem)) || (typed.endsWith(text) && cut.some((stem) => fitsIn(stem, 0.9)))) return true;
    const isAsItStands = text === typed ? fitsIn(word, 0.4) : stands(word) || stands(letters(typed)); // or still being typed
    return isAsItStands || isSlip(word, misspelt(word, groups.keys(), 1));
  }

  /** Of what is left of a word, cut by cut, that which may be its stem. 라 of 람다 isn't: behind a verb's ᆫ, ᆯ or ᆷ stands
   *  no other ending. */
  function grammatical(left) {
    const end = left.findIndex((stem, cuts) => cuts > 1 && /[ᆫᆯᆷ]$/.test(left[cuts - 1]) && syllables(stem) === syllables(left[cuts - 1]));
    return left.filter((stem, cuts) => end < 0 || cuts < end || syllables(stem) > 1);
  }

  /** Whether the index has a Korean word as it stands, with or without an ending: 리슨 is no 리스. */
  function stands(word) {
    const whole = (one) => one.normalize("NFC");
    return fitting(word).some(([other, fit]) => fit > 0.9 && whole(other).startsWith(whole(word)));
  }

  /** Whether one of the words that are near is meant: one letter in six is another, or one of a word of words.js. */
  function isSlip(word, near) {
    return near.some(([other]) => {
      const far = editDistance(word, other, 2);
      return 6 * far <= word.length || (far === 1 && groups.has(other));
    });
  }

  /** 환경 변수 as 환경변수: neighbours that are one word of words.js. */
  function together(typed) {
    return typed.reduce((before, word) => {
      const last = before.at(-1) ?? "", longer = (stem) => groups.has(stem) && stem.length > letters(last).length;
      return isKorean(last) && isKorean(word) && stems(letters(last + word)).some(longer)
        ? [...before.slice(0, -1), last + word] : [...before, word];
    }, []);
  }

  const understood = new Map(); // a word as it was typed: its terms; who types asks for the same ones with every key
  function readings(text) {
    if (!understood.has(text)) understood.set(text, reading(text).map(term));
    return understood.get(text);
  }

  // What sounds the same and is spelt wrong: 받앗는데, 겹첬어요, 업대요.
  const SLIPS = [["ᆺ", "ᆻ"], ["(?<=[ᄌᄍᄎ])ᅥ(?=ᆻ)", "ᅵᅥ"], ["^업", "없"]].map(
    ([from, to]) => /** @type {const} */ ([new RegExp(letters(from), "g"), letters(to)]));

  function reading(text) {
    const read = (one, word = letters(one), found = forms(word, one)) => ({ text: one, typed: one, word, fits: match(found) });
    const good = ({ fits }) => best([...fits.values()]) > 0.45;
    const plain = read(text);
    const parts = isKorean(text) ? split(text) : [];
    if (parts.length > 1 || (parts[0] ?? text) !== text) return parts.map((part) => ({ ...read(part), typed: parts.length > 1 ? text : part }));
    if (good(plain)) return [plain];
    const right = SLIPS.reduce((word, [from, to]) => word.replace(from, to), letters(text));
    const respelt = read(text, right);
    if (right !== letters(text) && good(respelt)) return [respelt];
    const dashes = text.match(/^-*/)[0];
    const other = otherLayout(text.slice(dashes.length));
    if (other) {
      const meant = isKorean(other) ? split(other).map((part) => read(part)) : [read(dashes + other)];
      if (meant.length && meant.every(good)) return meant;
    }
    const word = letters(text);
    const alike = sounding(word);
    const near = /** @type {[string, number][]} */ (misspelt(word, known, word.length > 5 ? 2 : 1));
    const isNear = isSlip(word, near);
    const guess = (found, isSure) => [{ ...read(text, word, new Map(found)), guess: true, isDoubtful: !isSure }];
    if (alike.words.length && (alike.isSure || !isNear)) return guess(alike.words.map((one) => [one, 0.8]), alike.isSure);
    if (near.length) return guess(near, isNear);
    const inside = isKorean(text) ? split(text, true) : text.split(/[^a-z0-9]+/i).filter((part) => part && part !== text);
    const own = text.includes("/"); // a path of the reader's
    const listed = inside.filter((part) => groups.has(letters(part))).join("");
    const isDoubtful = isKorean(text) && 2 * listed.length <= text.length; // 안드로이드 holds 안
    const isName = isDoubtful && listed.length < 2 && stems(word.replace(PARTICLE, "")).length < 2; // no more than 크 of 크론탭
    const meant = { ...(isDoubtful && { text, typed: text }), own, isDoubtful, isName };
    return inside.length ? inside.map((part) => ({ ...read(part), ...meant })) : [plain];
  }

  // -- ranking

  /** The nearest pages, best first: each a list of its sections, best first, with the line that shows why and what to mark
   *  in it; and how many pages there are. */
  function search(query) {
    const asked = terms(query);
    const telling = asked.filter(({ slight }) => !slight);
    if (telling.length && telling.every(({ found }) => !found.length)) return { pages: [], count: 0 }; // gpu 쓰기
    const total = asked.reduce((sum, term) => sum + term.weight, 0) || 1;
    const scores = new Map(), pages = new Map();
    for (const { found, weight } of asked)
      for (const [number, value, fit] of found) {
        let score = scores.get(sections[number]);
        if (!score) scores.set(sections[number], (score = { value: 0, covered: 0 }));
        score.value += weight * value;
        score.covered += weight * fit;
      }
    const typedPairs = neighbours(query);
    for (const [section, share] of paired(typedPairs, scores)) scores.get(section).pairs = share;
    const phrase = letters(query.trim().replace(/\s+/g, " "));
    const near = nearQuestions(asked, total, phrase), worth = worths(asked);
    for (const [section, { value, covered, pairs = 0 }] of scores) {
      const said = phrase.length > 3 && section.said.includes(phrase);
      const whole = BESIDE * total * (said ? 1 : pairs) + (section.named === phrase ? 4 * total : 0)
        + NEAR * total * (near.get(section) ?? 0);
      section.score = section.boost ** (section.isAsked ? 0.75 : 1) * (value * (covered / total) ** 1.25 + whole);
      pages.set(section.page, [...(pages.get(section.page) ?? []), section]);
    }
    const ranked = [...pages.values()]
      .map((found) => found.sort((a, b) => b.score - a.score))
      .map((found) => [worthOf(found), found])
      .sort(([a], [b]) => b - a)
      .filter(([score], _, [[most]]) => score > most / 12);
    const nearest = ranked.slice(0, MOST)
      .map(([, found]) => told(found).slice(0, 3).map((section) => ({ ...section, line: line(section, worth, typedPairs) })));
    return { pages: nearest, count: ranked.length };
  }

  /** What a page is worth: its best section, its second best a little, and what readers ask of it, which nobody wrote
   *  because of those. */
  function worthOf(found) {
    const [first, second] = found.filter((section) => !section.isAsked);
    const asked = found.find((section) => section.isAsked);
    return (first?.score ?? 0) + 0.3 * (second?.score ?? 0) + (asked?.score ?? 0);
  }

  const MOST = 20; // pages: nobody reads on, and each is drawn with every key
  const BESIDE = 1.5; // how much it counts that words stand beside each other as they were typed
  const CANDIDATES = 60;

  /** Every two words of the query that stand beside each other, with what is between them. */
  function neighbours(query) {
    const typed = [...query.normalize("NFC").slice(0, 300).matchAll(WORD)];
    return typed.slice(1).map((word, at) => query.slice(typed[at].index, word.index + word[0].length))
      .filter((pair) => !pair.split(/\s+/).every(isFiller)).map(letters);
  }

  /** Of the best sections, the share of the pairs that are neighbours there, too. */
  function paired(pairs, scores) {
    if (!pairs.length) return [];
    const candidates = [...scores].sort(([, a], [, b]) => b.value * b.covered - a.value * a.covered).slice(0, CANDIDATES);
    return candidates.map(([section]) => [section, pairs.filter((pair) => section.said.includes(pair)).length / pairs.length]);
  }

  const NEAR = 3; // how much a question counts that is what was asked, beside all of its words on a page

  /** How near the questions come to what is asked: of each page the nearest, from 0 to 1, and the next a little. */
  function nearQuestions(asked, total, phrase) {
    const covered = new Float64Array(questions.length), told = new Float64Array(questions.length);
    for (const { asked: found, weight } of asked) for (const [number, fit] of found) covered[number] += weight * fit;
    const fitting = new Set(asked.flatMap(({ fits }) => [...fits].filter(([, fit]) => fit > 0.4).map(([word]) => word)));
    for (const word of fitting) for (const number of words.get(word).questions) told[number] += 1;
    const nears = new Map();
    questions.forEach(({ section, words, text }, number) => {
      if (!covered[number]) return;
      const near = text === phrase ? 1 : (covered[number] / total) ** 2 * (told[number] / words) ** 0.5;
      const [first, second] = nears.get(section) ?? [0, 0];
      if (near > second) nears.set(section, near > first ? [near, first] : [first, near]);
    });
    return new Map([...nears].map(([section, [first, second]]) => [section, first + 0.3 * second]));
  }

  /** A page's sections that say much of what was asked; what readers ask of the page only where no other does. */
  function told(found) {
    const [first] = found, least = first.score / (first.isAsked ? 8 : 3); // a question is nearer than a text ever is
    const others = found.filter((section) => !section.isAsked && section.score > least);
    return others.length ? others : [first];
  }

  /** What each word of the index is worth to who asked, by its letters. */
  function worths(asked) {
    const found = new Map();
    for (const term of asked)
      for (const [word, fit] of term.fits) found.set(word, Math.max(term.weight * fit, found.get(word) ?? 0));
    return found;
  }

  /** The line of a section that holds most of what was asked and as it was typed, as [text, marked] pieces. */
  function line(section, worths, pairs) {
    const value = (word) => worths.get(spell(word)) ?? 0;
    section.words ??= section.lines.map((text) => [...new Set(text.match(WORD) ?? [])]);
    section.saidLines ??= section.said.split("\n");
    let text = section.lines[0] ?? "", most = 0;
    section.words.forEach((words, at) => {
      const beside = pairs.filter((pair) => section.saidLines[at].includes(pair)).length;
      const worth = words.reduce((sum, word) => sum + value(word), beside);
      if (worth > most) [text, most] = [section.lines[at], worth];
    });
    const pieces = [];
    let end = 0;
    for (const { 0: word, index } of text.matchAll(WORD)) {
      if (value(word) < 0.2) continue;
      pieces.push([text.slice(end, index), false], [word, true]);
      end = index + word.length;
    }
    pieces.push([text.slice(end), false]);
    if (pieces[0][0].length > 60) pieces[0][0] = `…${pieces[0][0].slice(-50)}`;
    return pieces;
  }

  globalThis.siteSearch = search;
  globalThis.siteMissing = missing;
}
