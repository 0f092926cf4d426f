import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { delimiter } from "node:path";
import {
  additionalVariables,
  corrections,
  exportLines,
  needsPassphrase,
  withVariables,
} from "../../../../cli/environment/variables";
import { Folder } from "../../../support/folder";

const folder = new Folder({ "Pulumi.yaml": "name: todo-chatbot\n" });
const parts = {
  root: folder.path,
  binDirectories: ["/cache/bin", "/cache/bin", "/cache/helm"],
  pulumiHome: folder.file("cache/pulumi"),
  stateDirectory: "/state",
};

after(() => {
  folder.remove();
});

describe("the corrections of the user's environment", () => {
  it("are none in an ordinary shell", () => {
    const env = {
      PATH: "/bin",
      DOCKER_HOST: "tcp://10.0.0.1:2376",
      HELM_DEBUG: "1",
      TZ: "Asia/Tokyo",
    };
    assert.deepEqual(corrections(env), {});
  });
  it("lead docker commands out of Minikube's node, and helm to the cluster that is named", () => {
    const env = {
      DOCKER_HOST: "tcp://192.168.49.2:2376",
      MINIKUBE_ACTIVE_DOCKERD: "minikube",
      HELM_DRIVER: "configmap",
      HELM_KUBEAPISERVER: "https://other",
    };
    const added = corrections(env);
    assert.deepEqual(Object.keys(added).sort(), Object.keys(env).sort());
    assert.deepEqual(withVariables(env, added), {});
    assert.deepEqual(exportLines({ DOCKER_HOST: undefined }, env, "linux"), ["unset DOCKER_HOST"]);
    assert.deepEqual(exportLines({ A: undefined }, env, "win32"), ["$env:A = $null"]);
  });
  it("keep a proxy away from this machine, also for pulumi", () => {
    const added = additionalVariables({ HTTPS_PROXY: "http://proxy:3128" }, parts);
    assert.match(added.NO_PROXY ?? "", /(^|,)127\.0\.0\.1,/);
    assert.equal(added.no_proxy, added.NO_PROXY);
  });
});

describe("the environment for pulumi", () => {
  it("adds tools, home, local state and passphrase to an empty one", () => {
    assert.deepEqual(additionalVariables({ PATH: "/usr/bin" }, parts), {
      PATH: ["/cache/bin", "/cache/helm", "/usr/bin"].join(delimiter),
      PULUMI_HOME: parts.pulumiHome,
      PULUMI_BACKEND_URL: "file:///state/state",
      PULUMI_CONFIG_PASSPHRASE_FILE: "/state/passphrase",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    });
  });
  it("adds nothing to one that has all of it already", () => {
    const env = { PATH: "/usr/bin", ...additionalVariables({ PATH: "/usr/bin" }, parts) };
    assert.deepEqual(additionalVariables(env, parts), {});
  });
  it("leaves the user's backend alone", () => {
    const added = additionalVariables({ PULUMI_BACKEND_URL: "s3://bucket" }, parts);
    assert.equal(added.PULUMI_BACKEND_URL, undefined);
  });
  it("takes an access token as the choice of Pulumi Cloud", () => {
    const added = additionalVariables({ PULUMI_ACCESS_TOKEN: "pul-1" }, parts);
    assert.equal(added.PULUMI_BACKEND_URL, undefined);
  });
  it("lets the user's login count where PULUMI_HOME is this project's, and adds no backend", () => {
    const login = JSON.stringify({ current: "s3://bucket" });
    folder.write("home/credentials.json", login);
    const env = { PULUMI_HOME: folder.file("home") };
    const added = additionalVariables(env, parts);
    assert.equal(added.PULUMI_BACKEND_URL, undefined);
    assert.equal(added.PULUMI_CREDENTIALS_PATH, folder.file("home"));
    // `npm run pulumi -- login` is later and counts more.
    folder.write("cache/pulumi/credentials.json", JSON.stringify({ current: "gs://bucket" }));
    const again = additionalVariables(env, parts);
    assert.equal(again.PULUMI_BACKEND_URL, undefined);
    assert.equal(again.PULUMI_CREDENTIALS_PATH, undefined);
  });
  it("leaves PULUMI_HOME alone where pulumi is the user's", () => {
    assert.equal(
      additionalVariables({}, { ...parts, pulumiHome: undefined }).PULUMI_HOME,
      undefined,
    );
  });
  for (const env of [
    { PULUMI_CONFIG_PASSPHRASE: "secret" },
    { PULUMI_CONFIG_PASSPHRASE: "" },
    { PULUMI_CONFIG_PASSPHRASE_FILE: "/mine" },
  ]) {
    it(`takes ${JSON.stringify(env)} as the user's passphrase`, () => {
      assert.equal(needsPassphrase(env), false);
      assert.equal(additionalVariables(env, parts).PULUMI_CONFIG_PASSPHRASE_FILE, undefined);
    });
  }
  it("replaces Path on Windows rather than adding a second PATH", () => {
    const env = withVariables({ Path: "C:\\Windows", A: "1" }, { PATH: "C:\\tools" });
    assert.deepEqual(env, { A: "1", PATH: "C:\\tools" });
  });
});

describe("the lines for a shell", () => {
  it("work when they are pasted: quotes, and PATH in front of the shell's own", function () {
    if (process.platform === "win32") this.skip();
    const added = { PATH: `/it's here${delimiter}/usr/bin:/bin`, PULUMI_HOME: "/a b" };
    const lines = exportLines(added, { PATH: "/usr/bin:/bin" }, "linux");
    const script = [...lines, 'printf "%s|%s" "$PATH" "$PULUMI_HOME"'].join("\n");
    const printed = execFileSync("/bin/sh", ["-c", script], {
      env: { PATH: "/usr/bin:/bin" },
      encoding: "utf8",
    });
    assert.equal(printed, "/it's here:/usr/bin:/bin|/a b");
    assert.doesNotMatch(lines[0] ?? "", /usr\/bin/);
  });
  it("are PowerShell's on Windows", () => {
    const lines = exportLines({ PULUMI_HOME: "C:\\it's" }, {}, "win32");
    assert.deepEqual(lines, ["$env:PULUMI_HOME = 'C:\\it''s'"]);
  });
});
