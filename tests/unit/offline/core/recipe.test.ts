import assert from "node:assert/strict";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { directoryOf, ensure, isBuilt, recipe } from "../../../../offline/core/recipe";
import { inFreshCache, recorder } from "../../../support/offline/fresh-cache";

const nothing = () => Promise.resolve();
const writes = (text: string) => (directory: string) => {
  writeFileSync(join(directory, "product"), text);
  return Promise.resolve();
};

describe("a recipe", () => {
  it("has a key that depends on its inputs, its name and what it needs", () => {
    const need = (input: string) => recipe("n", "n", { inputs: input }, nothing);
    const key = (name: string, input: unknown, ...needs: string[]) =>
      recipe(name, "", { inputs: input, needs: needs.map(need) }, nothing).key;
    assert.equal(key("a", { x: 1 }, "1"), key("a", { x: 1 }, "1"));
    const others = [key("a", { x: 2 }, "1"), key("b", { x: 1 }, "1"), key("a", { x: 1 }, "2")];
    others.push(key("a", { x: 1 }));
    assert.ok(!others.includes(key("a", { x: 1 }, "1")));
  });

  it("is built once, after what it needs, however many ask for it", () =>
    inFreshCache(async () => {
      const progress = recorder();
      const need = recipe("kind/need", "the need", { inputs: 1 }, writes("need"));
      const item = recipe("kind/item", "the item", { inputs: 1, needs: [need] }, writes("item"));
      const [first, second] = await Promise.all([ensure(item, progress), ensure(item, progress)]);
      assert.equal(first, second);
      assert.equal(readFileSync(join(first, "product"), "utf8"), "item");
      assert.deepEqual(progress.lines, ["the need", "the item"]);
    }));

  it("is taken from the cache without its needs", () =>
    inFreshCache(async () => {
      const progress = recorder();
      const need = recipe("kind/gone", "the need", { inputs: 2 }, nothing);
      const item = recipe("kind/kept", "the item", { inputs: 2, needs: [need] }, nothing);
      mkdirSync(directoryOf(item), { recursive: true });
      await ensure(item, progress);
      assert.deepEqual(progress.lines, []);
      assert.ok(!isBuilt(need));
    }));

  it("leaves no result when it fails, and is built again after an interruption", () =>
    inFreshCache(async () => {
      const inputs = { inputs: 3 };
      const breaks = recipe("kind/torn", "", inputs, async (directory) => {
        await writes("half")(directory);
        throw new Error("interrupted");
      });
      await assert.rejects(ensure(breaks, recorder()), /interrupted/);
      assert.ok(!isBuilt(breaks));
      // What a killed process leaves behind: part of the folder, and its lock.
      const left = join(dirname(directoryOf(breaks)), `.partial-${basename(directoryOf(breaks))}`);
      assert.ok(existsSync(left));
      const locks = join(directoryOf(breaks), "../../locks");
      writeFileSync(join(locks, `kind-torn-${breaks.key}`), "999999999 1");

      const works = recipe("kind/torn", "", inputs, (directory) => {
        assert.deepEqual(readdirSync(directory), []);
        return writes("whole")(directory);
      });
      const built = await ensure(works, recorder());
      assert.equal(readFileSync(join(built, "product"), "utf8"), "whole");
      assert.ok(!existsSync(left));
      assert.deepEqual(readdirSync(locks), []);
    }));

  it("waits for its turn where it has a queue", () =>
    inFreshCache(async () => {
      const order: string[] = [];
      const item = recipe("kind/queued", "", { inputs: 4 }, () => {
        order.push("created");
        return Promise.resolve();
      });
      const queue = async (task: () => Promise<void>) => {
        order.push("turn");
        await task();
      };
      await ensure({ ...item, queue }, recorder());
      assert.deepEqual(order, ["turn", "created"]);
    }));
});
