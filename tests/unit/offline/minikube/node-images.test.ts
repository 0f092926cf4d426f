import assert from "node:assert/strict";
import { foundByCri } from "../../../../offline/minikube/node-images";

describe("an image in a node with containerd", () => {
  const answer = (labels?: object) =>
    JSON.stringify({ status: {}, info: { imageSpec: { config: { Labels: labels } } } });

  it("is identified by its label", () => {
    assert.deepEqual(foundByCri(answer({ "todo-chatbot.offline": "abc" })), { key: "abc" });
    assert.equal(foundByCri(answer({ other: "label" })), "foreign");
    assert.equal(foundByCri(answer()), "foreign");
  });

  it("is also identified by the label of earlier versions", () => {
    assert.deepEqual(foundByCri(answer({ "todo-chatbot.sandbox": "abc" })), { key: "abc" });
  });
});
