#!/usr/bin/env node
/**
 * `npm test` and `npm run test:e2e`: installs what the tests need, runs every suite, and ends with a line
 * `N passed, N failed`. Plain Node.js: it runs on a clean clone.
 */
import { dirname, join } from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { runChild } from "../../cli/bootstrap/child.mjs";
import { ensureDependencies } from "../../cli/bootstrap/dependencies.mjs";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const folders = [ROOT, join(ROOT, "docker", "backend"), join(ROOT, "docker", "frontend")];
const installed = await Promise.all(folders.map((folder) => ensureDependencies(folder)));
if (!installed.every(Boolean)) process.exit(1);
process.exitCode = await runChild(
  process.execPath,
  ["--import", "tsx", join(ROOT, "scripts", "test", "main.ts"), ...process.argv.slice(2)],
  { cwd: ROOT },
);
