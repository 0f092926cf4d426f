import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { dockerProvider } from "../../../../provider-stand-ins/docker/docker-provider";
import type { Properties } from "../../../../provider-stand-ins/protocol/values";
import { Secret, UNKNOWN } from "../../../../provider-stand-ins/protocol/values";
import { FakePrograms } from "../../../support/provider-stand-ins/fake-programs";
import { ProviderClient } from "../../../support/provider-stand-ins/provider-client";
import { RecordingEngine } from "../../../support/provider-stand-ins/recording-engine";

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

describe("stand-in docker: images", () => {
  let programs: FakePrograms;
  let client: ProviderClient;
  let folder: string;
  beforeEach(async () => {
    programs = new FakePrograms();
    programs.add("docker", DOCKER);
    folder = mkdtempSync(join(tmpdir(), "context-"));
    writeFileSync(join(folder, "Dockerfile"), "FROM scratch\n");
    client = await ProviderClient.connect(dockerProvider(), {
      host: "tcp://1.2.3.4:5",
      certPath: "/certs",
    });
  });
  afterEach(() => {
    client.close();
    programs.remove();
    rmSync(folder, { recursive: true });
  });
  const local = (more: Properties = {}): Properties => ({
    imageName: "app:1",
    skipPush: true,
    build: { context: folder, ...more },
  });

  it("fills in defaults", async () => {
    const { inputs, failures } = await client.check(IMAGE, local());
    assert.deepEqual(failures, []);
    const build = inputs.build as Properties;
    assert.equal(build.dockerfile, join(folder, "Dockerfile"));
    assert.match(String(build.platform), /^linux\//);
    assert.match(String(build.contextDigest), /^[0-9a-f]{64}$/);
    assert.equal(inputs.buildOnPreview, false);
  });

  it("says which platform it chose, at each check of an image without one", async () => {
    const engine = new RecordingEngine();
    await engine.greet(client);
    const { inputs } = await client.check(IMAGE, local());
    const { platform } = inputs.build as { platform: string };
    const said = `info: Building your image for ${platform} architecture.\nTo ensure you are building for the correct platform, consider explicitly setting the \`platform\` field on ImageBuildOptions.`;
    assert.deepEqual(engine.heard, [said]);
    const set = await client.check(IMAGE, local({ platform }));
    assert.deepEqual(engine.heard, [said], "where the program sets it, nothing is said");
    assert.deepEqual(set.inputs, inputs, "and nothing else differs");
    assert.equal((await client.diff(IMAGE, inputs, set.inputs)).changes, 1);
    engine.close();
  });

  it("shows a source edit as a change of the build, and never replaces", async () => {
    const before = await client.check(IMAGE, local());
    writeFileSync(join(folder, "a.txt"), "new");
    const after = await client.check(IMAGE, local());
    const diff = await client.diff(IMAGE, before.inputs, after.inputs);
    assert.deepEqual(diff.detailed, { build: UPDATE });
    assert.deepEqual(diff.replaces, []);
  });

  it("doesn't rebuild for a new password", async () => {
    const registry = (password: string, server = "r.io"): Properties => ({
      ...local(),
      registry: { server, username: "u", password: new Secret(password) },
    });
    assert.equal((await client.diff(IMAGE, registry("a"), registry("b"))).changes, 1);
    const moved = await client.diff(IMAGE, registry("a"), registry("a", "s.io"));
    assert.deepEqual(moved.detailed, { registry: UPDATE });
  });

  it("marks the registry's password as secret", async () => {
    const registry = { server: "r.io", username: "u", password: "p" };
    const { inputs } = await client.check(IMAGE, { ...local(), registry });
    assert.deepEqual((inputs.registry as Properties).password, new Secret("p"));
  });

  it("requires the registry in the name of an image that is pushed", async () => {
    const { failures } = await client.check(IMAGE, { ...local(), skipPush: false });
    assert.match(failures[0]?.reason ?? "", /found "app:1".*needs the registry in its name/);
  });

  it("names the path of a missing Dockerfile", async () => {
    const wrong = local({ dockerfile: "nowhere/Dockerfile" });
    await assert.rejects(
      client.check(IMAGE, wrong),
      /found no Dockerfile at "nowhere\/Dockerfile"/,
    );
  });

  it("refuses uncovered types and properties by name", async () => {
    const image = await client.check(IMAGE, local({ network: "host" }));
    assert.match(image.failures[0]?.reason ?? "", /found property build.network of Image/);
    const container = await client.check("docker:index/container:Container", {});
    assert.match(
      container.failures[0]?.reason ?? "",
      /found type docker:index\/container:Container/,
    );
  });

  it("builds on the provider's engine, with arguments in the environment", async () => {
    const args = { TOKEN: new Secret("t0p"), PATH: "odd" };
    const checked = await client.check(IMAGE, local({ args, target: "run" }));
    const { id, state } = await client.create(IMAGE, checked.inputs);
    assert.equal(id, "app:1");
    assert.equal(state.repoDigest, ID);
    assert.equal(state.imageName, "app:1");
    assert.equal(state.dockerfile, "Dockerfile");
    assert.equal(state.registryServer, "");
    assert.deepEqual(state.__inputs, new Secret(checked.inputs));
    const [line = ""] = programs.log().split("\n");
    assert.match(line, /--tag=app:1 --platform=linux\/\w+ --target=run/);
    assert.match(line, /--build-arg=TOKEN /);
    assert.match(line, /--build-arg=PATH=odd /);
    assert.match(line, /host=tcp:\/\/1\.2\.3\.4:5 tls=1 kit=1 token=t0p$/);
  });

  it("fails with the engine's last error", async () => {
    process.env.BUILD_CODE = "3";
    const creating = client.create(IMAGE, local());
    await assert.rejects(creating, /^Error: .*error reading build output: step (one|two)$/);
    delete process.env.BUILD_CODE;
  });

  it("pushes with the program's login, and returns the registry's digest", async () => {
    const registry = { server: "r.io", username: "u", password: new Secret("p") };
    const inputs = { ...local(), imageName: "r.io/team/app:1", skipPush: false, registry };
    const { state } = await client.create(IMAGE, inputs);
    assert.equal(state.repoDigest, `r.io/team/app@${DIGEST}`);
    assert.equal(state.registryServer, "r.io");
    const auth = Buffer.from("u:p").toString("base64");
    assert.ok(
      programs.log().includes(`push r.io/team/app:1 config={"auths":{"r.io":{"auth":"${auth}"}}`),
    );
  });

  it("builds nothing in a preview without buildOnPreview", async () => {
    const preview = await client.create(IMAGE, local(), { preview: true });
    assert.deepEqual(preview, { id: "", state: local() });
    assert.equal(programs.log(), "");
    const asked = { ...local(), buildOnPreview: true };
    const built = await client.create(IMAGE, asked, { preview: true });
    assert.equal(built.state.repoDigest, ID);
    const unknown = { ...asked, imageName: UNKNOWN };
    assert.deepEqual((await client.create(IMAGE, unknown, { preview: true })).state, unknown);
  });

  it("neither looks for an image on refresh nor removes it on delete", async () => {
    const { id, state } = await client.create(IMAGE, local());
    const seen = programs.log();
    assert.deepEqual(await client.read(IMAGE, id, local(), state), {
      id,
      inputs: local(),
      state,
    });
    await client.delete(IMAGE, id, local());
    assert.equal(programs.log(), seen);
  });

  it("names the address of an engine that doesn't answer", async () => {
    programs.add("docker", 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
    const configuring = ProviderClient.connect(dockerProvider(), { host: "unix:///nowhere.sock" });
    await assert.rejects(
      configuring,
      /failed to connect to any docker daemon: tried unix:\/\/\/nowhere\.sock: Cannot connect/,
    );
  });
});
