/**
 * `npm run build`: one file each for main and migrate, with all that they load and nothing else, so that
 * the image is small and a start reads few files. What is loaded late (the model's SDK) stays apart.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
// The build of esbuild that runs everywhere, without a program for each platform.
import { build } from "esbuild-wasm";

await rm("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["src/main.ts", "src/migrate.ts"],
  outdir: "dist",
  // Beside the entry points: src/root.ts finds the package's folder one level up.
  chunkNames: "chunk-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  // Names stay as they are: stacks can be read, and no code runs to put names back.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  // Packages of CommonJS expect it.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  // Looked for by their users at run time, and done without: none of them is installed.
  external: [
    "pg-native",
    "pg-cloudflare",
    "bun:sqlite",
    "@aws-sdk/*",
    "@aws-crypto/*",
    "@smithy/*",
  ],
});
await writeFile("dist/LICENSES.txt", await licences(Object.keys(metafile.inputs)));

/**
 * The licences of the packages that are in the files, as they ask for.
 *
 * @param {readonly string[]} inputs
 */
async function licences(inputs) {
  const folders = new Set(
    inputs.flatMap((input) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0] ?? []),
  );
  const texts = [...folders].sort().map(async (folder) => {
    /** @type {unknown} */
    const manifest = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const { name, version, license } = /** @type {Record<string, string | undefined>} */ (manifest);
    const text = await firstOf(folder, [
      "LICENSE",
      "LICENSE.md",
      "LICENSE.txt",
      "license",
      "LICENCE",
    ]);
    return `${name} ${version} (${license ?? "see below"})\n\n${text}`;
  });
  return `${(await Promise.all(texts)).join("\n\n----\n\n")}\n`;
}

/**
 * The text of the first of these files that is there.
 *
 * @param {string} folder
 * @param {readonly string[]} names
 */
async function firstOf(folder, names) {
  for (const name of names) {
    const text = await readFile(path.join(folder, name), "utf8").catch(() => undefined);
    if (text !== undefined) return text.trim();
  }
  return "The package has no file with its licence.";
}
