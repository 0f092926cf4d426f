import assert from "node:assert/strict";
import { parseDockerInfo } from "../../../../../cli/environment/detect/docker-engine";

describe("the docker engine", () => {
  it("is read from docker info", () => {
    const info = JSON.stringify({ ServerVersion: "28.0.1", NCPU: 4, MemTotal: 8 * 2 ** 30 });
    assert.deepEqual(parseDockerInfo(info), {
      engine: { version: "28.0.1", cpus: 4, memoryMiB: 8192 },
    });
  });
  it("isn't there where only the client answers", () => {
    assert.equal(parseDockerInfo('{"ServerErrors":["Cannot connect"],"NCPU":0}'), undefined);
    assert.equal(parseDockerInfo(""), undefined);
  });
});
