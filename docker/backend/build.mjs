/**
 * `npm run build`: bundles src/main.ts and src/migrate.ts with the parts of their dependencies that
 * they use, so that the image is small and the program starts fast. What is loaded by a dynamic
 * import (the model's SDK) is in separate files.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
// esbuild as WebAssembly, which needs no binary for each platform.
import { build } from "esbuild-wasm";

await rm("dist", { recursive: true, force: true });
const { metafile } = await build({
  entryPoints: ["src/main.ts", "src/migrate.ts"],
  outdir: "dist",
  // Next to the entry points: src/package-folder.ts expects the package's folder one level up.
  chunkNames: "chunk-[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20.19",
  // Identifiers are not minified, so that stack traces stay readable.
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  // CommonJS packages expect `require`.
  banner: {
    js: 'import{createRequire as __createRequire}from"node:module";const require=__createRequire(import.meta.url);',
  },
  // Optional dependencies that are not installed.
  external: [
    "pg-native",
    "pg-cloudflare",
    "bun:sqlite",
    "@aws-sdk/*",
    "@aws-crypto/*",
    "@smithy/*",
  ],
});
await writeFile("dist/LICENSES.txt", await licenses(Object.keys(metafile.inputs)));

/**
 * Returns the license texts of the packages in the bundle, which the licenses require.
 *
 * @param {readonly string[]} inputs
 */
async function licenses(inputs) {
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
 * Returns the text of the first of these files that exists.
 *
 * @param {string} folder
 * @param {readonly string[]} names
 */
async function firstOf(folder, names) {
  for (const name of names) {
    const text = await readFile(path.join(folder, name), "utf8").catch(() => undefined);
    if (text !== undefined) return text.trim();
  }
  return "The package has no license file.";
}
