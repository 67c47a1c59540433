// Keeps the guide on a reader's device, for when there is no network: the home, the search, and the text of all pages as
// one document at once; a page as it is, recordings and practice when they are used. The network is asked first, so that
// nobody who has one reads an old page. It stands at the site's root, for it may answer only for what lies below it, and
// tests/harness/site/offline.py puts the list of the site's files before it; without that (`nox -s serve`) nothing is kept.
{
  const { ahead, used } = globalThis.siteFiles ?? { ahead: {}, used: {} };
  const digests = { ...ahead, ...used };
  const root = registration.scope;
  const opened = () => caches.open(`docker-note ${root}`); // an origin may have several sites
  const keyOf = (path) => `${root}${path}?${digests[path]}`; // a file that has changed is another
  const SIDE_BY_SIDE = 4; // so many at a time: who reads comes first

  /** The path of a file of the list, where hosts leave out the end of its name as well; `""` of any other. */
  function pathOf(address) {
    const bare = address.replace(/[?#].*/, "");
    const path = bare.startsWith(root) ? bare.slice(root.length) || "index.html" : "";
    return [path, `${path}.html`].find((name) => name in digests) ?? "";
  }

  async function keep(path, given = /** @type {Response | null} */ (null)) {
    const cache = await opened();
    if (await cache.match(keyOf(path))) return;
    const response = given ?? await fetch(root + path, { cache: "no-cache" });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    await cache.put(keyOf(path), new Response(response.body, response)); // which a host may have got by another address
  }

  async function install() {
    const left = Object.keys(ahead);
    const some = async () => { for (let path; (path = left.shift());) await keep(path); };
    await Promise.all(Array.from({ length: SIDE_BY_SIDE }, some));
    await skipWaiting(); // what an open page still asks for comes from the network as before
  }

  async function activate() {
    await registration.navigationPreload?.enable();
    const cache = await opened();
    const kept = new Set(Object.keys(digests).map(keyOf));
    for (const { url } of await cache.keys()) if (!kept.has(url)) await cache.delete(url);
    await clients.claim();
  }

  /** @param {FetchEvent} event */
  async function answer(event) {
    const { request } = event, path = pathOf(request.url);
    try {
      const response = await event.preloadResponse ?? await fetch(request);
      if (response.ok && path in used) event.waitUntil(keep(path, response.clone()));
      return response;
    } catch (error) {
      const cache = await opened();
      const kept = path && await cache.match(keyOf(path));
      if (kept) return kept;
      if (path.endsWith(".html") && request.mode === "navigate") return Response.redirect(chapter(path, request.url));
      const home = request.mode === "navigate" && await cache.match(keyOf("index.html"));
      if (home) return insteadOf(await home.text());
      throw error;
    }
  }

  /** Where the text of a page that was never opened stands in the document of all of them (book.py). */
  function chapter(path, address) {
    const anchor = address.split("#")[1]?.replace(/:~:.*/, "");
    return `${root}book.html#${path.replace(/\.html$/, "")}${anchor ? `--${anchor}` : ""}`;
  }

  /** The home, at the address of a page that isn't kept, and why it is shown. */
  function insteadOf(home) {
    const html = home.replace("<head>", `<head><base href="${root}">`).replace("</h1>",
      "</h1><p class=\"offline\">네트워크에 연결되어 있지 않고, 이 주소의 페이지는 이 기기에 저장되어 있지 않습니다. 그래서 홈을 보여 드립니다. " +
      "네트워크에 연결한 뒤 새로 고치면 이 주소의 페이지가 열립니다.</p>");
    return new Response(html, { status: 503, headers: { "content-type": "text/html; charset=utf-8" } });
  }

  addEventListener("install", (event) => event.waitUntil(install()));
  addEventListener("activate", (event) => event.waitUntil(activate()));
  addEventListener("fetch", (event) => {
    if (event.request.method === "GET" && event.request.url.startsWith(root)) event.respondWith(answer(event));
  });
}
