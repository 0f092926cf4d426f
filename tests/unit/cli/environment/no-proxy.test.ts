import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { minikubeAddresses, noProxyVariables } from "../../../../cli/environment/no-proxy";
import { Folder } from "../../../support/folder";

const proxy = { https_proxy: "http://proxy:3128" };

describe("programs behind a proxy", () => {
  it("reach this machine and its clusters without it, whatever case of the variable they read", () => {
    const { NO_PROXY = "", no_proxy: lower } = noProxyVariables(proxy, ["192.168.76.2"]);
    assert.equal(lower, NO_PROXY);
    const entries = NO_PROXY.split(",");
    for (const one of ["localhost", "127.0.0.1", "::1", "192.168.76.2", "192.168.49.0/24"]) {
      assert.ok(entries.includes(one), one);
    }
  });
  it("keep what the user excludes, in both variables", () => {
    const env = { ...proxy, NO_PROXY: "corp.example, 10.0.0.0/8", no_proxy: ".local" };
    const variables = noProxyVariables(env, []);
    assert.match(variables.no_proxy ?? "", /^corp\.example,10\.0\.0\.0\/8,\.local,localhost,/);
    assert.deepEqual(noProxyVariables({ ...proxy, ...variables }, []), {});
    assert.deepEqual(noProxyVariables({ ...proxy, NO_PROXY: "*" }, []), { no_proxy: "*" });
  });
  it("are the only ones whose variables change", () => {
    assert.deepEqual(noProxyVariables({ NO_PROXY: "a", https_proxy: "" }, ["192.168.49.2"]), {});
    for (const name of ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "ALL_PROXY", "grpc_proxy"]) {
      assert.notDeepEqual(noProxyVariables({ [name]: "http://proxy" }, []), {}, name);
    }
  });
  it("reach the node of every profile, and a damaged profile harms none", () => {
    const folder = new Folder({
      ".minikube/profiles/one/config.json": '{"Nodes":[{"IP":"192.168.85.2","ControlPlane":true}]}',
      ".minikube/profiles/two/config.json": "{",
    });
    try {
      assert.deepEqual(minikubeAddresses({}, folder.path), ["192.168.85.2"]);
    } finally {
      folder.remove();
    }
  });
  it("are Pulumi's too: the program's connection to the engine doesn't ask it", function () {
    this.timeout(20_000);
    const connect = (env: NodeJS.ProcessEnv): string[] => {
      const result = spawnSync(process.execPath, ["--import", "tsx", "--eval", GRPC_CLIENT], {
        env: { ...process.env, ...env },
        encoding: "utf8",
      });
      return result.stdout.trim().split("\n").filter(Boolean);
    };
    assert.deepEqual(connect({}), ["asked 127.0.0.1:1"]);
    assert.deepEqual(connect(noProxyVariables(proxy, [])), []);
  });
});

/** Connects to an address of this machine as Pulumi's SDK connects to the engine, and prints what a proxy is asked for. */
const GRPC_CLIENT = `
const { Client, credentials } = require("@grpc/grpc-js");
const { RecordingProxy } = require("./tests/support/recording-proxy.ts");
const proxy = new RecordingProxy();
void proxy.start().then(() => {
  Object.assign(process.env, proxy.variables);
  const client = new Client("127.0.0.1:1", credentials.createInsecure());
  client.waitForReady(Date.now() + 700, () => {
    for (const server of new Set(proxy.asked)) console.log("asked " + server);
    process.exit();
  });
});`;
