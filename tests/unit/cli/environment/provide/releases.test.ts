import assert from "node:assert/strict";
import { releaseOf, thisSystem } from "../../../../../cli/environment/provide/releases";

describe("releases", () => {
  const systems = [
    ["linux", "x64", "linux", "amd64"],
    ["darwin", "arm64", "darwin", "arm64"],
    ["win32", "x64", "windows", "amd64"],
  ] as const;
  for (const [platform, cpu, os, arch] of systems) {
    it(`are named after ${os} and ${arch}`, () => {
      const system = thisSystem(platform, cpu);
      assert.ok(system);
      assert.deepEqual(system, { os, arch });
      const exe = platform === "win32" ? ".exe" : "";
      for (const tool of ["kubectl", "helm", "minikube"] as const) {
        const release = releaseOf(tool, system);
        assert.ok(release.url.startsWith("https://"));
        assert.ok(release.checksumUrl.startsWith(release.url));
        assert.ok(release.url.includes(os) && release.url.includes(arch));
      }
      assert.equal(releaseOf("helm", system).inArchive, `${os}-${arch}/helm${exe}`);
      assert.ok(releaseOf("kubectl", system).url.endsWith(`kubectl${exe}`));
    });
  }
  it("don't exist for other systems", () => {
    assert.equal(thisSystem("aix", "x64"), undefined);
    assert.equal(thisSystem("linux", "ia32"), undefined);
  });
});
