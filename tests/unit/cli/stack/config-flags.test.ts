import assert from "node:assert/strict";
import { configFlags, withFlags } from "../../../../cli/stack/config-flags";
import { emptyConfig } from "../../../../cli/stack/stack-config";

describe("the flags that change a configuration", () => {
  it("are found in every form that Pulumi takes", () => {
    const args = ["--diff", "-c", "a=1", "-c=b=2", "-cc=3", "--config", "d=4", "--config=e=5"];
    assert.deepEqual(configFlags([...args, "--config-file", "x.yaml", "--config-path"]), {
      set: ["a=1", "b=2", "c=3", "d=4", "e=5"],
      isPath: true,
      file: "x.yaml",
    });
    assert.deepEqual(configFlags(["--yes"]), { set: [], isPath: false, file: undefined });
  });

  it("set strings, with or without the project's prefix", () => {
    const config = { ...emptyConfig("shop"), values: { context: "a" }, secret: ["context"] };
    const set = ["context=b", "shop:namespace=c=d", "empty", "other:x=1"];
    const changed = withFlags(config, { set, isPath: false, file: undefined });
    assert.deepEqual(changed.values, { context: "b", namespace: "c=d", empty: "" });
    assert.deepEqual([changed.secret, changed.foreign], [[], ["other:x"]]);
  });

  it("set values at paths, which are integers and booleans where they look like these", () => {
    const config = { ...emptyConfig("shop"), values: { backend: '{"replicas":1,"port":1}' } };
    const set = [
      ...["backend.replicas=3", "shop:backend.env.ON=true", 'labels["a.b/c"]=1.10'],
      ...["contexts[0]=x", "contexts[1]=y", "plain=7"],
    ];
    const { values } = withFlags(config, { set, isPath: true, file: undefined });
    assert.deepEqual(values, {
      backend: '{"replicas":3,"port":1,"env":{"ON":true}}',
      labels: '{"a.b/c":"1.10"}',
      contexts: '["x","y"]',
      plain: "7",
    });
  });
});
