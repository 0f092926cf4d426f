import assert from "node:assert/strict";
import {
  credentialsKey,
  isQualified,
  repository,
} from "../../../../provider-stand-ins/docker/image-names";

describe("stand-in docker: image names", () => {
  it("reads the registry and the repository from image names", () => {
    assert.ok(isQualified("localhost:5000/app:1") && isQualified("docker.io/me/app"));
    assert.ok(!isQualified("app:1") && !isQualified("me/app") && !isQualified("docker.io/app"));
    assert.equal(repository("localhost:5000/app:1"), "localhost:5000/app");
    assert.equal(repository("app@sha256:1"), "docker.io/library/app");
    assert.equal(credentialsKey("", "me/app"), "https://index.docker.io/v1/");
    assert.equal(credentialsKey("https://r.io/v2", "x"), "r.io");
  });
});
