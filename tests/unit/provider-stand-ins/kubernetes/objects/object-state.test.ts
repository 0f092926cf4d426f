import assert from "node:assert/strict";
import { liveInputs } from "../../../../../provider-stand-ins/kubernetes/objects/object-state";
import type { Properties } from "../../../../../provider-stand-ins/protocol/values";
import { Secret } from "../../../../../provider-stand-ins/protocol/values";

describe("stand-in kubernetes: the state of an object", () => {
  it("reads back the fields that the program sets, and no others", () => {
    const inputs: Properties = {
      kind: "Secret",
      metadata: { name: "a", labels: { mine: "1" } },
      data: new Secret({ k: "djE=" }),
      spec: { env: [{ name: "E", value: "" }], limits: { cpu: "1000m" }, replicas: 2 },
    };
    const live = {
      kind: "Secret",
      metadata: { name: "a", labels: { mine: "2", other: "3" }, uid: "u" },
      data: { k: "djI=", extra: "eA==" },
      spec: { env: [{ name: "E" }], limits: { cpu: "1" }, replicas: 3, paused: false },
      status: {},
    };
    assert.deepEqual(liveInputs(live, inputs), {
      kind: "Secret",
      metadata: { name: "a", labels: { mine: "2" } },
      data: new Secret({ k: "djI=" }),
      spec: { env: [{ name: "E", value: "" }], limits: { cpu: "1000m" }, replicas: 3 },
    });
  });
});
