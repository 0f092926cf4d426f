import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { z } from "zod";
import { generate, PAGE } from "../../../../scripts/docs/configuration";
import { schema } from "../../../../settings";

interface Node {
  description?: string;
  properties?: Record<string, Node>;
  items?: Node;
}

/** Every key that has a value of its own, with its description. */
function keys(node: Node, path = ""): [key: string, description: string | undefined][] {
  return Object.entries({ ...node.properties, ...node.items?.properties }).flatMap(
    ([key, below]) => {
      const here = `${path}${key}`;
      const inside = [
        ...keys({ properties: below.properties }, `${here}.`),
        ...keys({ properties: below.items?.properties }, `${here}[].`),
      ];
      const own: [string, string | undefined][] =
        below.properties === undefined ? [[here, below.description]] : [];
      return [...own, ...inside];
    },
  );
}

describe("settings: docs/configuration.md", () => {
  const all = keys(z.toJSONSchema(schema, { io: "input" }) as Node);

  it("is what `npm run docs` makes of the schema", async () => {
    const message = "docs/configuration.md is out of date: npm run docs";
    assert.equal(readFileSync(PAGE, "utf8"), await generate(), message);
  });

  it("has every key, once", () => {
    const text = readFileSync(PAGE, "utf8");
    assert.ok(all.length > 100);
    for (const [key] of all) {
      assert.equal(text.split(`| \`${key}\` `).length, 2, key);
    }
  });

  it("says of every key what it is", () => {
    const unsaid = all.filter(([, description]) => description === undefined);
    assert.deepEqual(unsaid, []);
  });
});
