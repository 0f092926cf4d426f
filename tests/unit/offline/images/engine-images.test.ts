import assert from "node:assert/strict";
import { DOCKER_FORMAT, foundByLabel, mustLoad } from "../../../../offline/images/engine-images";
import { nodeImage } from "../../../../offline/node-image";

describe("an image in a container runtime", () => {
  it("is loaded when it is missing or an older one that was built here", () => {
    const item = nodeImage();
    assert.equal(mustLoad("nothing", item), true);
    assert.equal(mustLoad({ key: "older" }, item), true);
    assert.equal(mustLoad({ key: item.key }, item), false);
    assert.equal(mustLoad("foreign", item), false);
  });

  it("is identified by its label", () => {
    assert.match(DOCKER_FORMAT, /Config\.Labels/);
    assert.deepEqual(foundByLabel("abc"), { key: "abc" });
    assert.equal(foundByLabel(""), "foreign");
    assert.equal(foundByLabel("<no value>"), "foreign");
  });

  it("is also identified by the label of earlier versions", () => {
    assert.match(DOCKER_FORMAT, /"todo-chatbot\.offline".*"todo-chatbot\.sandbox"/);
  });
});
