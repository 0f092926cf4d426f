import assert from "node:assert/strict";
import { fitNodeSize } from "../../../../../cli/environment/decide/node-size";

describe("a node's size", () => {
  it("is the requested size where the machine has it", () => {
    const size = fitNodeSize({ cpus: 4, memoryMiB: 4096 }, { cpus: 8, memoryMiB: 16000 });
    assert.deepEqual(size, { cpus: 4, memoryMiB: 4096, notes: [] });
  });
  it("is reduced to the machine, with notes", () => {
    const size = fitNodeSize({ cpus: 4, memoryMiB: 4096 }, { cpus: 2, memoryMiB: 4000 });
    assert.deepEqual(size, {
      cpus: 2,
      memoryMiB: 3488,
      notes: [
        "4 CPUs requested, this machine has 2: using 2",
        "4096 MB requested, this machine has 4000 MB: using 3488 MB",
      ],
    });
  });
  it("is refused on a machine that is too small", () => {
    assert.ok(
      "tooSmall" in fitNodeSize({ cpus: 2, memoryMiB: 2048 }, { cpus: 1, memoryMiB: 8000 }),
    );
    assert.ok(
      "tooSmall" in fitNodeSize({ cpus: 2, memoryMiB: 2048 }, { cpus: 2, memoryMiB: 2000 }),
    );
  });
});
