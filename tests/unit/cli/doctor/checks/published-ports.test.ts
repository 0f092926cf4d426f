import assert from "node:assert/strict";
import { publishedPortsFinding } from "../../../../../cli/doctor/checks/published-ports";
import { parseSettings } from "../../../../../settings";
import { target } from "../../../../support/target";

describe("doctor: published ports", () => {
  it("are those that the profile publishes on loopback", () => {
    const settings = parseSettings({});
    const published = { exposedPorts: ["127.0.0.1:30080:30080"] };
    assert.equal(publishedPortsFinding(settings, published, target).state, "ok");
    assert.equal(publishedPortsFinding(settings, { exposedPorts: [] }, target).state, "note");
  });
});
