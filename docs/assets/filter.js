// Leaves of a long table the rows that a reader asks for: of 명령 찾아보기 those with the words that were typed, of 검증 현황
// and 검증 기록 those of a page, of an engine, with an outcome. Without this, all rows are there. The HTML is by
// tests/harness/site.
{
  for (const input of document.querySelectorAll("input[data-filters]"))
    input.addEventListener("input", () => {
      const words = input.value.toLowerCase().split(/\s+/);
      for (const row of document.querySelectorAll(`.${input.dataset.filters} tbody tr`)) {
        const text = (row.textContent ?? "").toLowerCase();
        row.hidden = !words.every((word) => text.includes(word));
        row.querySelector("details")?.toggleAttribute("open", input.value !== ""); // what was typed may stand in there
      }
    });

  const selects = [...document.querySelectorAll("select[data-filters]")];
  const WORDS = ".passed, .differs, .unchecked, .flaky"; // what became of an example

  /** Leaves of a page's table the column of an engine and the rows with an outcome; empty: all. Whether a row is left. */
  function reduce(box, engine, outcome) {
    const heads = [...box.querySelectorAll("thead th")].map((head) => head.dataset.engine);
    if (engine && !heads.includes(engine)) return false;
    let isLeft = false;
    for (const row of /** @type {HTMLTableRowElement[]} */ ([...box.querySelectorAll("tr")])) {
      if (row.matches(".status-why")) {
        row.hidden = row.previousElementSibling?.hasAttribute("hidden") ?? false;
        continue;
      }
      const cells = [...row.cells];
      if (cells.length === heads.length)
        cells.forEach((cell, at) => { cell.hidden = at > 0 && engine !== "" && heads[at] !== engine; });
      const words = [...row.querySelectorAll(WORDS)].filter((word) => !word.closest("td").hidden);
      row.hidden = words.length > 0 && outcome !== "" && !words.some((word) => word.className === outcome);
      isLeft ||= words.length > 0 && !row.hidden;
    }
    return isLeft;
  }
  const boxes = [...document.querySelectorAll(".status-box")].filter((box) => !box.querySelector(".status-totals"));
  const pageOf = (box) => box.querySelector("caption").textContent ?? "";
  const select = (what) => selects.find((one) => one.dataset.filters === what);
  for (const page of boxes.map(pageOf)) select("page")?.append(new Option(page));
  function choose() {
    const [page, engine, outcome] = ["page", "engine", "outcome"].map((what) => select(what)?.value ?? "");
    for (const box of boxes) {
      const folded = box.closest("details");
      (folded ?? box).hidden = (page !== "" && pageOf(box) !== page) || !reduce(box, engine, outcome);
      folded?.toggleAttribute("open", page !== "" || outcome !== "");
    }
  }
  for (const one of selects) one.addEventListener("change", choose);
}
