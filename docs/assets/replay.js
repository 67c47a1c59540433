// The recording of an example's run, played under it: for console.js, which loads this with the player and the page's
// recordings (tests/harness/site/recordings.py) once it is asked for.
{
  // What asciinema-player says in English, by its own words.
  const KOREAN = {
    "Play": "재생", "Pause": "일시 정지", "Show keyboard shortcuts": "단축키 보기",
    "Keyboard shortcuts": "단축키", "Keyboard shortcuts (?)": "단축키 (?)",
    "Toggle fullscreen mode": "전체 화면", "Fullscreen (f)": "전체 화면 (f)",
    "- pause / resume": "- 멈춤 / 계속", "- rewind / fast-forward by 5 seconds": "- 5초 뒤로 / 앞으로",
    "- rewind / fast-forward by 10%": "- 10% 뒤로 / 앞으로", "- jump to the previous / next marker": "- 앞 표시 / 다음 표시로",
    "- jump to 0%, 10%, 20% ... 90%": "- 0%, 10%, 20% ... 90%로",
    "- step back / forward, a frame at a time (when paused)": "- (멈춘 동안) 한 화면씩 뒤로 / 앞으로",
    "- toggle fullscreen mode": "- 전체 화면 켜기 / 끄기", "- toggle keystroke overlay": "- 누른 키 보이기 / 숨기기",
    "- show this help popup": "- 이 도움말 보기",
  };
  function translate(player) {
    for (const labelled of player.querySelectorAll("[aria-label]")) {
      const korean = KOREAN[labelled.ariaLabel];
      if (korean) labelled.ariaLabel = korean;
    }
    for (const shown of player.querySelectorAll(".ap-tooltip, .ap-overlay-help p, .ap-overlay-help li"))
      for (const text of shown.childNodes)
        if (text.nodeType === Node.TEXT_NODE) text.data = text.data.replace(text.data.trim(), (said) => KOREAN[said] ?? said);
  }

  globalThis.replay = (/** @type {HTMLElement} */ button) => {
    const proved = button.closest(".proved");
    proved.querySelector(".replayed")?.remove();
    const region = Object.assign(document.createElement("section"), { className: "replayed" });
    region.setAttribute("aria-label", button.getAttribute("aria-label") ?? "");
    const close = Object.assign(document.createElement("button"), { type: "button", className: "replay", textContent: "닫기" });
    const said = document.createElement("p");
    said.setAttribute("role", "status");
    const screen = document.createElement("div");
    region.append(screen, close, said);
    proved.append(region);
    const { fontFamily, fontSize } = getComputedStyle(proved.querySelector("code"));
    // In the letters of the block above: what is wider than that scrolls, as it does there.
    const played = AsciinemaPlayer.create({ data: recordings[button.dataset.recording ?? ""] }, screen, {
      autoPlay: true, controls: true, idleTimeLimit: 1, fit: "none", terminalFontSize: fontSize, terminalFontFamily: fontFamily,
    });
    const changes = { attributeFilter: ["aria-label"], childList: true, subtree: true };
    new MutationObserver(() => translate(screen)).observe(screen, changes);
    translate(screen);
    played.addEventListener("ended", () => { said.textContent = "재생이 끝났습니다."; });
    close.addEventListener("click", () => { played.dispose(); region.remove(); button.focus(); });
    region.addEventListener("keydown", (event) => event.key === "Escape" && close.click());
    /** @type {HTMLElement} */ (screen.querySelector(".ap-wrapper")).focus();
  };
}
