// An open page of the preview: loads itself anew once it is another, and shows below what its steps come to.
{
  const { page: address = "", version = "" } = /** @type {HTMLElement} */ (document.currentScript).dataset;
  const bar = document.createElement("aside");
  bar.id = "serve";
  bar.lang = "en";
  bar.setAttribute("role", "status");
  Object.assign(bar.style, {
    position: "fixed", insetInline: "0", bottom: "0", zIndex: "9", maxHeight: "40vh", overflow: "auto", margin: "0",
    padding: ".4rem .8rem", font: ".7rem/1.4 monospace", whiteSpace: "pre-wrap", color: "#fff",
  });
  const colours = { passed: "#1b5e20", differs: "#b71c1c", broken: "#b71c1c", wrong: "#b71c1c" };
  const closing = document.createElement("button");
  closing.textContent = "×";
  closing.setAttribute("aria-label", "close");
  Object.assign(closing.style, { float: "right", color: "inherit", font: "inherit", padding: "0 .4rem" });
  closing.addEventListener("click", () => bar.remove());

  function show(outcome, text) {
    bar.style.background = colours[outcome] ?? "#37474f";
    bar.dataset.outcome = outcome;
    bar.replaceChildren(closing, text);
    if (text) document.body.append(bar);
    else bar.remove();
  }

  const events = new EventSource(`/serve/events?${new URLSearchParams({ page: address, version })}`);
  events.addEventListener("message", ({ data }) => {
    const said = JSON.parse(data);
    if (said.page === address) show(said.outcome, said.text);
    const isOurs = (name) => name === address || name.startsWith("assets/");
    if (said.changed?.some(isOurs)) location.reload();
  });
  addEventListener("pagehide", () => events.close());
}
