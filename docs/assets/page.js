// What a reader does with a page as a whole: has it light or dark, keeps it and all others for when there is no network,
// copies its Markdown.
{
  const here = /** @type {HTMLScriptElement} */ (document.currentScript).src;
  const STAYED = 3000; // milliseconds

  // -- light or dark: as the system is, until the reader chooses (tests/harness/site/theme/partials)

  const switches = [...document.querySelectorAll("[data-stands-in]")];
  switches.forEach((button, at) => button.addEventListener("click", () => {
    const other = switches[(at + 1) % switches.length];
    chosenScheme = other.dataset.standsIn ?? "";
    try { localStorage.setItem("scheme", chosenScheme); } catch { /* only this page then */ }
    changeScheme();
    other.focus(); // in the place of the one that was pressed
  }));

  // -- without a network answers worker.js; browsers have workers only where a site is served, and safely

  const workers = location.protocol === "file:" ? null : navigator.serviceWorker;
  // Some refuse, as in a private window: then the guide is as it is without.
  const register = () => workers?.register(new URL("../worker.js", here), { updateViaCache: "none" }).catch(() => {});
  // Who leaves at once need load nothing for later, and on a phone the page itself comes first.
  addEventListener("load", () => setTimeout(register, workers?.controller ? 0 : STAYED));
  // This page and what it has loaded before that answered pass it once more, out of the browser's own cache.
  workers?.addEventListener("controllerchange", async () => {
    for (const type of ["navigation", "resource"])
      for (const { name } of performance.getEntriesByType(type)) await fetch(name).catch(() => {}); // a reader may be typing
  });

  // -- the Markdown; a browser lets it be copied only by who has just pressed, so that it is promised at once

  const button = document.querySelector(".copy-markdown");
  const said = document.querySelector(".actions output");
  async function markdown() {
    const response = await fetch(button.dataset.address ?? "");
    if (!response.ok) throw new Error(response.statusText);
    return new Blob([await response.text()], { type: "text/plain" });
  }
  button?.addEventListener("click", async () => {
    said.textContent = ""; // who copies twice hears it twice
    try {
      await navigator.clipboard.write([new ClipboardItem({ "text/plain": markdown() })]);
      said.textContent = "Markdown을 복사했습니다";
    } catch {
      said.textContent = "복사하지 못했습니다. ‘Markdown 보기’를 열어 복사할 수 있습니다";
    }
  });
}
