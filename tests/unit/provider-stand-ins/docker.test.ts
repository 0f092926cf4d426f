import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { contextDigest } from "../../../provider-stand-ins/docker/context";
import { credentialsKey, isQualified, repository } from "../../../provider-stand-ins/docker/names";
import { dockerProvider } from "../../../provider-stand-ins/docker/provider";
import { Secret, UNKNOWN } from "../../../provider-stand-ins/protocol/values";
import type { Properties } from "../../../provider-stand-ins/protocol/values";
import { Programs } from "./support/programs";
import { Connection } from "./support/rpc";

const IMAGE = "docker:index/image:Image";
const UPDATE = 4;
const ID = `sha256:${"1".repeat(64)}`;
const DIGEST = `sha256:${"2".repeat(64)}`;

/** A docker command that builds, pushes and remembers what it was asked. */
const DOCKER = `
case "$1" in
  --version) echo "Docker version 20.10.24, build x" ;;
  version) echo 20.10 ;;
  build) echo "$* host=$DOCKER_HOST tls=$DOCKER_TLS_VERIFY kit=$DOCKER_BUILDKIT token=$TOKEN" >> "$LOG"
    echo "step one"; echo "step two" >&2; exit "\${BUILD_CODE:-0}" ;;
  push) echo "$* config=$(cat "$DOCKER_CONFIG/config.json" 2>/dev/null)" >> "$LOG"; echo "1: digest: ${DIGEST} size: 5" ;;
  image) echo "${ID}" ;;
esac`;

describe("docker plugin: the context's digest", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "context-"));
    writeFileSync(join(folder, "Dockerfile"), "FROM scratch\n", { mode: 0o644 });
    writeFileSync(join(folder, "a.txt"), "a", { mode: 0o644 });
    mkdirSync(join(folder, "sub"));
    writeFileSync(join(folder, "sub", "b.txt"), "b", { mode: 0o644 });
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });
  const digest = (): string => contextDigest(folder, join(folder, "Dockerfile"));

  it("is made as the official plugin makes it", () => {
    const sha = (content: string): Buffer => createHash("sha256").update(content).digest();
    const zero = Buffer.of(0);
    const parts = [
      ["Dockerfile", "----------", "FROM scratch\n"],
      ["Dockerfile", "-rw-r--r--", "FROM scratch\n"],
      ["a.txt", "-rw-r--r--", "a"],
      ["sub/b.txt", "-rw-r--r--", "b"],
    ].flatMap(([name = "", mode = "", content = ""]) => [
      Buffer.from(name + mode),
      sha(content),
      zero,
    ]);
    const expected = createHash("sha256").update(Buffer.concat(parts)).digest("hex");
    assert.equal(digest(), expected);
  });

  it("changes with contents, names, modes and links", () => {
    const digests = [digest()];
    writeFileSync(join(folder, "a.txt"), "A");
    digests.push(digest());
    chmodSync(join(folder, "a.txt"), 0o755);
    digests.push(digest());
    symlinkSync("a.txt", join(folder, "link"));
    digests.push(digest());
    writeFileSync(join(folder, "Dockerfile"), "FROM other\n");
    digests.push(digest());
    assert.equal(new Set(digests).size, digests.length);
  });

  it("leaves out what .dockerignore leaves out, with its exceptions", () => {
    writeFileSync(join(folder, ".dockerignore"), "sub\n*.log\n");
    const before = digest();
    writeFileSync(join(folder, "sub", "b.txt"), "changed");
    writeFileSync(join(folder, "x.log"), "changed");
    assert.equal(digest(), before);
    writeFileSync(join(folder, ".dockerignore"), "sub/*\n!sub/b.txt\n*.log\n");
    const excepted = digest();
    writeFileSync(join(folder, "sub", "b.txt"), "changed again");
    assert.notEqual(digest(), excepted);
    writeFileSync(join(folder, "Dockerfile.dockerignore"), "**\n");
    const nothing = digest();
    writeFileSync(join(folder, "a.txt"), "changed");
    assert.equal(digest(), nothing);
  });
});

describe("docker plugin", () => {
  let programs: Programs;
  let connection: Connection;
  let folder: string;
  beforeEach(async () => {
    programs = new Programs();
    programs.add("docker", DOCKER);
    folder = mkdtempSync(join(tmpdir(), "context-"));
    writeFileSync(join(folder, "Dockerfile"), "FROM scratch\n");
    connection = await Connection.to(dockerProvider(), {
      host: "tcp://1.2.3.4:5",
      certPath: "/certs",
    });
  });
  afterEach(() => {
    connection.close();
    programs.remove();
    rmSync(folder, { recursive: true });
  });
  const local = (more: Properties = {}): Properties => ({
    imageName: "app:1",
    skipPush: true,
    build: { context: folder, ...more },
  });

  it("fills in what the program leaves out", async () => {
    const { inputs, failures } = await connection.check(IMAGE, local());
    assert.deepEqual(failures, []);
    const build = inputs.build as Properties;
    assert.equal(build.dockerfile, join(folder, "Dockerfile"));
    assert.match(String(build.platform), /^linux\//);
    assert.match(String(build.contextDigest), /^[0-9a-f]{64}$/);
    assert.equal(inputs.buildOnPreview, false);
  });

  it("shows a source edit as a change of the build, and never replaces", async () => {
    const before = await connection.check(IMAGE, local());
    writeFileSync(join(folder, "a.txt"), "new");
    const after = await connection.check(IMAGE, local());
    const diff = await connection.diff(IMAGE, before.inputs, after.inputs);
    assert.deepEqual(diff.detailed, { build: UPDATE });
    assert.deepEqual(diff.replaces, []);
  });

  it("doesn't rebuild for a new password", async () => {
    const registry = (password: string, server = "r.io"): Properties => ({
      ...local(),
      registry: { server, username: "u", password: new Secret(password) },
    });
    assert.equal((await connection.diff(IMAGE, registry("a"), registry("b"))).changes, 1);
    const moved = await connection.diff(IMAGE, registry("a"), registry("a", "s.io"));
    assert.deepEqual(moved.detailed, { registry: UPDATE });
  });

  it("hides the password", async () => {
    const registry = { server: "r.io", username: "u", password: "p" };
    const { inputs } = await connection.check(IMAGE, { ...local(), registry });
    assert.deepEqual((inputs.registry as Properties).password, new Secret("p"));
  });

  it("wants complete names of images that are pushed", async () => {
    const { failures } = await connection.check(IMAGE, { ...local(), skipPush: false });
    assert.match(failures[0]?.reason ?? "", /found "app:1".*needs the registry in its name/);
  });

  it("says where it looked for a Dockerfile", async () => {
    const wrong = local({ dockerfile: "nowhere/Dockerfile" });
    await assert.rejects(
      connection.check(IMAGE, wrong),
      /found no Dockerfile at "nowhere\/Dockerfile"/,
    );
  });

  it("refuses other types and properties by name", async () => {
    const image = await connection.check(IMAGE, local({ network: "host" }));
    assert.match(image.failures[0]?.reason ?? "", /found property build.network of Image/);
    const container = await connection.check("docker:index/container:Container", {});
    assert.match(
      container.failures[0]?.reason ?? "",
      /found type docker:index\/container:Container/,
    );
  });

  it("builds against the provider's engine, with arguments out of sight", async () => {
    const args = { TOKEN: new Secret("t0p"), PATH: "odd" };
    const checked = await connection.check(IMAGE, local({ args, target: "run" }));
    const { id, state } = await connection.create(IMAGE, checked.inputs);
    assert.equal(id, "app:1");
    assert.equal(state.repoDigest, ID);
    assert.equal(state.imageName, "app:1");
    assert.equal(state.dockerfile, "Dockerfile");
    assert.equal(state.registryServer, "");
    assert.deepEqual(state.__inputs, new Secret(checked.inputs));
    const [line = ""] = programs.seen().split("\n");
    assert.match(line, /--tag=app:1 --platform=linux\/\w+ --target=run/);
    assert.match(line, /--build-arg=TOKEN /);
    assert.match(line, /--build-arg=PATH=odd /);
    assert.match(line, /host=tcp:\/\/1\.2\.3\.4:5 tls=1 kit=1 token=t0p$/);
  });

  it("fails with the build's last lines", async () => {
    process.env.BUILD_CODE = "3";
    const creating = connection.create(IMAGE, local());
    await assert.rejects(creating, /docker build of app:1 failed with code 3[^]*step (one|two)/);
    delete process.env.BUILD_CODE;
  });

  it("pushes with the program's login, and answers with the registry's digest", async () => {
    const registry = { server: "r.io", username: "u", password: new Secret("p") };
    const inputs = { ...local(), imageName: "r.io/team/app:1", skipPush: false, registry };
    const { state } = await connection.create(IMAGE, inputs);
    assert.equal(state.repoDigest, `r.io/team/app@${DIGEST}`);
    assert.equal(state.registryServer, "r.io");
    const auth = Buffer.from("u:p").toString("base64");
    assert.ok(
      programs.seen().includes(`push r.io/team/app:1 config={"auths":{"r.io":{"auth":"${auth}"}}`),
    );
  });

  it("builds nothing on preview unless it is asked to", async () => {
    const preview = await connection.create(IMAGE, local(), { preview: true });
    assert.deepEqual(preview, { id: "", state: local() });
    assert.equal(programs.seen(), "");
    const asked = { ...local(), buildOnPreview: true };
    const built = await connection.create(IMAGE, asked, { preview: true });
    assert.equal(built.state.repoDigest, ID);
    const unknown = { ...asked, imageName: UNKNOWN };
    assert.deepEqual((await connection.create(IMAGE, unknown, { preview: true })).state, unknown);
  });

  it("neither looks for an image nor removes one", async () => {
    const { id, state } = await connection.create(IMAGE, local());
    const seen = programs.seen();
    assert.deepEqual(await connection.read(IMAGE, id, local(), state), {
      id,
      inputs: local(),
      state,
    });
    await connection.delete(IMAGE, id, local());
    assert.equal(programs.seen(), seen);
  });

  it("names an engine that doesn't answer", async () => {
    programs.add("docker", 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
    const configuring = Connection.to(dockerProvider(), { host: "unix:///nowhere.sock" });
    await assert.rejects(
      configuring,
      /found no docker engine at unix:\/\/\/nowhere\.sock: Cannot connect/,
    );
  });

  it("knows image names", () => {
    assert.ok(isQualified("localhost:5000/app:1") && isQualified("docker.io/me/app"));
    assert.ok(!isQualified("app:1") && !isQualified("me/app") && !isQualified("docker.io/app"));
    assert.equal(repository("localhost:5000/app:1"), "localhost:5000/app");
    assert.equal(repository("app@sha256:1"), "docker.io/library/app");
    assert.equal(credentialsKey("", "me/app"), "https://index.docker.io/v1/");
    assert.equal(credentialsKey("https://r.io/v2", "x"), "r.io");
  });
});
