import assert from "node:assert/strict";
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { parseDockerInfo } from "../../../../cli/environment/detect/docker-engine";
import { installedFile, userPulumiHome } from "../../../../cli/environment/detect/installed-files";
import { locateTool, pathFolders } from "../../../../cli/environment/detect/locate-tool";
import { missingPlugins, pluginVersions } from "../../../../cli/environment/detect/plugins";
import { isOfflineMode } from "../../../../cli/environment/detect/reachability";
import { releaseOf, thisSystem } from "../../../../cli/environment/provide/releases";
import { pathOf, which } from "../../../../lib/process/which";

describe("tools", () => {
  let folder: string;
  beforeEach(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), "tools-")));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const program = (path: string, mode = 0o755) => {
    const file = join(folder, path);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "");
    chmodSync(file, mode);
    return file;
  };
  const places = (path: string, built?: string) => ({
    path,
    cache: join(folder, "cache"),
    offline: {
      binDirectory: join(folder, "offline", "bin"),
      tools: { pulumi: built, helm: built, kubectl: built, minikube: built },
    },
  });

  it("are found on PATH in its order", () => {
    const first = program("a/helm");
    program("b/helm");
    const path = ["", join(folder, "none"), join(folder, "a"), join(folder, "b")].join(delimiter);
    assert.equal(which("helm", path, "linux"), first);
  });
  it("aren't folders, nor files that can't be run", () => {
    mkdirSync(join(folder, "a", "helm"), { recursive: true });
    program("b/helm", 0o644);
    const path = [join(folder, "a"), join(folder, "b")].join(delimiter);
    assert.equal(which("helm", path, "linux"), undefined);
  });
  it("are real programs on Windows", () => {
    program("a/helm.cmd");
    const exe = program("b/helm.exe");
    const path = [join(folder, "a"), join(folder, "b")].join(delimiter);
    assert.equal(which("helm", path, "win32"), exe);
  });
  it("come from PATH whatever Windows calls it", () => {
    assert.equal(pathOf({ Path: "C:\\x" }), "C:\\x");
  });

  it("on PATH are the user's, and nothing is added to PATH for them", () => {
    const file = program("a/helm");
    const found = locateTool("helm", places(join(folder, "a")));
    assert.deepEqual(found, { file, origin: "user" });
    assert.deepEqual(pathFolders({ helm: { file, origin: "user" } }), []);
  });
  it("that this project installed earlier are used without asking anyone", () => {
    const file = installedFile(join(folder, "cache"), "helm", process.platform);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, "", { mode: 0o755 });
    assert.deepEqual(locateTool("helm", places("")), { file, origin: "release" });
  });
  it("that offline mode built are taken from its folder for PATH", () => {
    const found = locateTool("pulumi", places("", join(folder, "offline", "made", "pulumi")));
    assert.deepEqual(found, {
      file: join(folder, "offline", "bin", "pulumi"),
      origin: "offline",
    });
  });
  it("of ours stay ours when the doctor's lines have put them on PATH", () => {
    const file = program("offline/bin/minikube");
    const found = locateTool("minikube", places(join(folder, "offline", "bin")));
    assert.deepEqual(found, { file, origin: "offline" });
  });
  it("that are nowhere are missing", () => {
    assert.equal(locateTool("kubectl", places(join(folder, "a"))), undefined);
  });
});

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
  it("aren't asked for offline", () => {
    assert.equal(isOfflineMode({ TODO_CHATBOT_OFFLINE: "1" }), true);
    for (const value of [undefined, "", "0", "false"]) {
      assert.equal(isOfflineMode({ TODO_CHATBOT_OFFLINE: value }), false);
    }
  });
});

describe("plugins", () => {
  it("are those of the installed packages, in exactly their versions", () => {
    const versions = pluginVersions(process.cwd());
    for (const version of Object.values(versions)) assert.match(version, /^\d+\.\d+\.\d+$/);
    assert.deepEqual(Object.keys(versions), ["kubernetes", "docker", "random"]);
  });
  it("count as missing in another version, and half-installed", () => {
    const home = mkdtempSync(join(tmpdir(), "plugins-"));
    const versions = { kubernetes: "4.0.0", docker: "5.0.0", random: "4.1.0" };
    const folder = (name: string) => join(home, "plugins", name);
    mkdirSync(folder("resource-kubernetes-v4.0.0"), { recursive: true });
    mkdirSync(folder("resource-docker-v4.9.0"));
    mkdirSync(folder("resource-random-v4.1.0"));
    writeFileSync(folder("resource-random-v4.1.0.partial"), "");
    assert.deepEqual(missingPlugins(home, versions), ["docker", "random"]);
    rmSync(home, { recursive: true });
  });
  it("are looked for where the user's pulumi keeps them", () => {
    assert.equal(userPulumiHome({ PULUMI_HOME: "/p" }), "/p");
    assert.equal(userPulumiHome({ PULUMI_HOME: "" }, "/home/ann"), join("/home/ann", ".pulumi"));
  });
});

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
