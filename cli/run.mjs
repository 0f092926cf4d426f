#!/usr/bin/env node
/**
 * Entry of every `npm run …` command. It is plain Node.js without dependencies, since it runs before
 * anything is installed: it checks the version of Node.js, installs the npm dependencies where they don't
 * match package-lock.json, and starts cli/main.ts.
 */
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { runChild } from "./bootstrap/child.mjs";
import { ensureDependencies } from "./bootstrap/dependencies.mjs";
import { nodeProblem } from "./bootstrap/node-version.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const PROBLEM = nodeProblem(process.versions.node);
if (PROBLEM !== undefined) {
  process.stderr.write(`${PROBLEM}\n`);
  process.exit(1);
}

const INSTALLED = await ensureDependencies(ROOT);
if (!INSTALLED) process.exit(1);

const env = { ...process.env };
if (env.HTTPS_PROXY || env.https_proxy) {
  // Node.js 24 and later then send downloads through the proxy that other programs use.
  env.NODE_USE_ENV_PROXY ??= "1";
}
process.exitCode = await runChild(
  process.execPath,
  ["--import", "tsx", join(ROOT, "cli", "main.ts"), ...process.argv.slice(2)],
  { cwd: ROOT, env },
);
