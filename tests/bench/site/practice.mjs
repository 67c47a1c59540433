// Lighthouse on a lesson while its 연습 is opened and used, and as it is then; prints the lowest score of each category as
// JSON, for tests/bench/figures.py: node practice.mjs NODE_MODULES ADDRESS mobile|desktop CATEGORY...
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, address, device, ...categories] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(modules, path)));
const { startFlow, desktopConfig } = await load("lighthouse/core/index.js");
const { default: puppeteer } = await load("puppeteer-core/lib/puppeteer/puppeteer-core.js");

const browser = await puppeteer.launch({
  executablePath: process.env.CHROME_PATH,
  args: process.env.CHROME_FLAGS.split(" "),
});
const page = await browser.newPage();
const flow = await startFlow(page, { config: device === "desktop" ? desktopConfig : undefined });
await page.goto(address, { waitUntil: "load" });
await flow.startTimespan();
// In its first half second Lighthouse holds against the page what moves because of a click.
await new Promise((resolve) => setTimeout(resolve, 1000));
await page.click("[data-practice]");
await page.waitForSelector("#practice-input");
await page.type("#practice-input", "mkdir -p ~/docker-note/containers && cd ~/docker-note/containers\n");
await page.waitForFunction(() => document.querySelector(".practice-count").textContent.startsWith("1/"));
await flow.endTimespan();
await flow.snapshot();
const { steps } = await flow.createFlowResult();
await browser.close();

// A snapshot has a score of performance too, of nothing.
const scores = steps.flatMap(({ lhr }) => Object.entries(lhr.categories))
  .filter(([, { score, auditRefs }]) => score !== null && auditRefs.some(({ weight }) => weight));
const lowest = (name) => Math.min(...scores.filter(([other]) => other === name).map(([, { score }]) => Math.round(100 * score)));
console.log(JSON.stringify(Object.fromEntries(categories.map((name) => [name, lowest(name)]))));
