import assert from "node:assert/strict";
import { EngineOperations } from "../../../../cli/watch/engine-operations";

const URN = "urn:pulumi:dev::todo-chatbot::kubernetes:apps/v1:Deployment::backend";
const metadata = {
  ...{ op: "create", urn: URN, type: "kubernetes:apps/v1:Deployment" },
  new: { inputs: { metadata: { name: "todo-backend", namespace: "todo-app" } } },
};
const BEGUN = `${JSON.stringify({ resourcePreEvent: { metadata } })}\n`;
const PLANNED = `${JSON.stringify({ resourcePreEvent: { metadata, planning: true } })}\n`;
const ENDED = `${JSON.stringify({ resOutputsEvent: { metadata } })}\n`;
const FAILED = `${JSON.stringify({ resOpFailedEvent: { metadata, status: 0, steps: 0 } })}\n`;

describe("the engine's operations", () => {
  const running = (...parts: string[]) => {
    const operations = new EngineOperations();
    for (const part of parts) operations.read(part);
    return operations.running;
  };
  it("run from their first event to their last, with the object's name", () => {
    const one = [{ type: "kubernetes:apps/v1:Deployment", name: "todo-backend" }];
    assert.deepEqual(running(BEGUN), one);
    assert.deepEqual(running(BEGUN, ENDED), []);
    assert.deepEqual(running(BEGUN, FAILED), []);
  });
  it("don't run in a preview", () => {
    assert.deepEqual(running(PLANNED), []);
  });
  it("are read from a log that grows in pieces", () => {
    assert.equal(running(BEGUN.slice(0, 40)).length, 0);
    assert.equal(running(BEGUN.slice(0, 40), BEGUN.slice(40)).length, 1);
    assert.equal(running("{not json}\n", BEGUN).length, 1);
  });
});
