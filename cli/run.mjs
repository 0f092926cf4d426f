#!/usr/bin/env node
/**
 * The door to every `npm run …` command of this project. Plain Node.js with no dependency, because it
 * runs before anything is installed: it checks the version of Node.js, installs the npm dependencies
 * where they don't match package-lock.json, and hands everything on to cli/main.ts.
 */
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import process from "node:process";
import { runChild } from "./bootstrap/child.mjs";
import { ensureDependencies } from "./bootstrap/dependencies.mjs";
import { nodeProblem } from "./bootstrap/node-version.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exit(1);
}

const installed = await ensureDependencies(root);
if (!installed) process.exit(1);

const env = { ...process.env };
if (env.HTTPS_PROXY || env.https_proxy) {
  // Node.js 24 and later then send downloads through the proxy that other programs use.
  env.NODE_USE_ENV_PROXY ??= "1";
}
process.exitCode = await runChild(
  process.execPath,
  ["--import", "tsx", join(root, "cli", "main.ts"), ...process.argv.slice(2)],
  { cwd: root, env },
);
