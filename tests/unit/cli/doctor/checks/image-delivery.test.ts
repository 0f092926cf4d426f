import assert from "node:assert/strict";
import { imageDeliveryFinding } from "../../../../../cli/doctor/checks/image-delivery";
import { parseSettings } from "../../../../../settings";
import { containerdProfile } from "../../../../support/minikube-profile";
import { target } from "../../../../support/target";

describe("doctor: the delivery of images", () => {
  const profile = containerdProfile;

  it("fits the profile's runtime: containerd has no daemon that could build", () => {
    const settings = parseSettings({});
    const daemon = parseSettings({ images: '{"delivery":"minikube-daemon"}' });
    const check = { cluster: { profile }, target };
    const finding = imageDeliveryFinding({ ...check, settings: daemon });
    assert.match(finding.hint ?? "", /minikube-load/);
    assert.equal(imageDeliveryFinding({ ...check, settings }).state, "note");
  });
});
