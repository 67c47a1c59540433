// What a word is made of, for engine.js: its letters, the keys it was typed on, how it sounds.
// It knows Korean and English and nothing of any subject.
{
  const APART = { ᅪ: "ᅩᅡ", ᅫ: "ᅩᅢ", ᅬ: "ᅩᅵ", ᅯ: "ᅮᅥ", ᅰ: "ᅮᅦ", ᅱ: "ᅮᅵ", ᅴ: "ᅳᅵ", ᅧ: "ᅵᅥ", ᅤ: "ᅵᅢ", ᅨ: "ᅵᅦ" };
  const LONE = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"; // keys of consonants, in Unicode's order of those that begin a syllable
  const initial = (lone) => String.fromCharCode(0x1100 + LONE.indexOf(lone));
  const letters = (text) => text.normalize("NFD").toLowerCase()
    .replace(/[ᅪᅫᅬᅯᅰᅱᅴᅧᅤᅨ]/g, (vowel) => APART[vowel]).replace(/[ㄱ-ㅎ]/g, (lone) => (LONE.includes(lone) ? initial(lone) : lone));
  const isKorean = (word) => /[ᄀ-ᇿㄱ-ㅣ가-힣]/.test(word);
  const syllables = (word) => (word.match(/[ᄀ-ᄒ]/g) ?? []).length;

  // -- what was typed with the keyboard in the wrong language

  const MEDIAL = "ㅏ ㅐ ㅑ ㅒ ㅓ ㅔ ㅕ ㅖ ㅗ ㅗㅏ ㅗㅐ ㅗㅣ ㅛ ㅜ ㅜㅓ ㅜㅔ ㅜㅣ ㅠ ㅡ ㅡㅣ ㅣ".split(" ");
  const FINAL = " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ".split(" ");
  const KEYS = "rRseEfaqQtTdwWczxvgkoiOjpuPhynbml";
  const JAMO = `${LONE}ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅛㅜㅠㅡㅣ`;
  const SYLLABLE = new RegExp(
    `([ㄱ-ㅎ])(ㅗ[ㅏㅐㅣ]|ㅜ[ㅓㅔㅣ]|ㅡㅣ|[ㅏ-ㅣ])(${FINAL.filter(Boolean).sort((a, b) => b.length - a.length).join("|")}|)(?![ㅏ-ㅣ])`, "g");

  /** zjsxpdlsj as 컨테이너, empty where the keys give no whole syllables; ㅇㅐ차ㄷㄱ as docker. */
  function otherLayout(word) {
    if (isKorean(word)) {
      const jamo = [...word.normalize("NFD")].map((one) => {
        const code = one.charCodeAt(0);
        return code < 0x1100 || code > 0x11ff ? one
          : code < 0x1161 ? LONE[code - 0x1100] : code < 0x11a8 ? MEDIAL[code - 0x1161] : FINAL[code - 0x11a7];
      });
      return [...jamo.join("")].map((one) => KEYS[JAMO.indexOf(one)] ?? one).join("").toLowerCase();
    }
    const jamo = [...word].map((key) => JAMO[KEYS.indexOf(KEYS.includes(key) ? key : key.toLowerCase())] ?? key).join("");
    const text = jamo.replace(SYLLABLE, (_, initial, medial, final) =>
      String.fromCharCode(0xac00 + (LONE.indexOf(initial) * 21 + MEDIAL.indexOf(medial)) * 28 + FINAL.indexOf(final)));
    return /^[가-힣]+$/.test(text) ? text : "";
  }

  // -- a word that is written as it sounds in the other script: 인스펙트 and inspect have one skeleton of consonants

  const CONSONANTS = Object.fromEntries([
    ...[..."ᄀᄁᄂᄃᄄᄅᄆᄇᄈᄉᄊᄌᄍᄎᄏᄐᄑᄒ"].map((one, at) => [one, "kknttrmppsssssktph"[at]]),
    ...[..."ᆨᆫᆮᆯᆷᆸᆺᆻᆼᆽᆾᆿᇀᇁ"].map((one, at) => [one, "kntrmpttnttktp"[at]]),
  ]);
  const SPELT = [
    [/tion|ssion/g, "sn"], [/t?ch|dge|g(?=[eiy])|[jz]/g, "s"], [/sh|th/g, "s"], [/ph/g, "p"], [/ng\b/g, "n"], [/x/g, "ks"],
    [/c(?=[eiy])/g, "s"], [/[cgqk]+/g, "k"], [/[bfv]/g, "p"], [/d/g, "t"], [/[rh](?![aeiouy])/g, ""], [/l/g, "r"],
    [/[aeiouyw]/g, ""],
  ];

  function skeleton(word) {
    const spelt = isKorean(word)
      ? [...word].map((one) => CONSONANTS[one] ?? "").join("")
      : SPELT.reduce((text, [from, to]) => text.replace(from, to), word).toLowerCase();
    return spelt.replace(/[^a-z]/g, "").replace(/(.)\1+/g, "$1");
  }

  // A row: how Korean writes a sound of English, and how English may spell it.
  const SOUNDS = `
시ᅥᆫ [st]+ion
ᅡ이 (?:[iy]e?|igh|ai)
[ᅦᅢ]이 (?:a[eiy]?|e[aiy])
ᅡ우 [ao][uw]
ᅩ우 o[aw]?
ᆯᄅ l+
(?<=[ᅡ-ᅲᅵ])ᄅ r+
ᄅ (?:l+|w?r+)
ᆨ(?=[ᄀᄁᄏ]) [cgkq]*
ᆸ(?=[ᄇᄈᄑ]) [bfp]*
ᆺ(?=[ᄉᄊᄎᄐ]) [st]*
[ᆨᆿ] [cgkq]+e?
[ᄀᄁ] g+h?
ᄏ [ckq]+h?
ᆮ [dt]+
[ᄃᄄ] (?:d+|th)
ᄐ t+h?
ᆸ [bfpv]+e?
[ᄇᄈ] [bv]+
ᄑ (?:p+h?|f+)
ᆺ (?:t+h?|[ds])e?
[ᄉᄊ] (?:s?ch?|s+h?|t?s|z|th)
[ᄌᄍ] (?:d?[gj]+|z+|d?s|d)
ᄎ (?:t?ch?|ts)
ᄒ (?:w?h|f)
[ᄆᆷ] m+b?e?
[ᄂᆫ] [gk]?n+e?
ᆯ l+e?
ᆼ ng?
ᄋ h?
ᅡ (?:[ou]|a+)r?
[ᅢᅦ] (?:ea?|a[ei]?)r?
ᅥ (?:[aeiou]+r?|re)
ᅩ (?:o[aeouw]?|a[uw]?|w)r?
ᅮ (?:ue?|o[ou]?|e?w)r?
ᅲ (?:y?ou|ue?|i?ew|eu)
ᅭ [iy]?o
ᅣ [iy]?a
ᅵ (?:u?[iy]e?|e+[aiy]?|[au])?r?
ᅳ [eu]?`.trim().split("\n").map((row) => row.split(" ")).map(([sound, spelling]) => /** @type {const} */ ([new RegExp(letters(sound), "g"), spelling]));

  /** Whether a Korean word writes an English one as it sounds: 엔드포인트 is endpoint, and 테라폼 no trivy. */
  function soundsAs(korean, english) {
    const spellings = SOUNDS.reduce((text, [sound, spelling]) => text.replace(sound, spelling), korean);
    return new RegExp(`^-*${spellings}e?s?$`).test(english.replaceAll("x", "ks"));
  }

  globalThis.searchLetters = { letters, isKorean, syllables, otherLayout, skeleton, soundsAs };
}
