import assert from "node:assert/strict";
import { credentialHelpersFinding } from "../../../../../cli/doctor/checks/credential-helpers";
import { Folder } from "../../../../support/folder";

describe("doctor: docker's credential helpers", () => {
  const folder = new Folder();
  folder.write("docker-credential-pass", "", 0o755);
  after(() => {
    folder.remove();
  });

  function check(config: string) {
    folder.write("config.json", config);
    return credentialHelpersFinding({ DOCKER_CONFIG: folder.path, PATH: folder.path });
  }

  it("have to be fixed where the one of all registries is missing", () => {
    const [finding = assert.fail()] = check('{"credsStore":"desktop"}');
    assert.equal(finding.state, "fix");
    assert.match(finding.found, /no docker-credential-desktop on PATH: every build fails/);
  });
  it("are noted where one of a single registry is missing", () => {
    const [finding = assert.fail()] = check(
      '{"credsStore":"pass","credHelpers":{"gcr.io":"gcloud"}}',
    );
    assert.equal(finding.state, "note");
    assert.match(finding.found, /docker-credential-gcloud for gcr\.io/);
  });
  it("are named where all are there, and nothing is said where none is named", () => {
    assert.equal(check('{"credsStore":"pass"}')[0]?.state, "ok");
    assert.deepEqual(check("{}"), []);
    assert.deepEqual(check("no json"), []);
  });
});
