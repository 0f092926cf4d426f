import assert from "node:assert/strict";
import { homedir } from "node:os";
import { chosenBackend, fileBackendFolder, fileBackendUrl } from "../../../../cli/stack/backend";
import { Folder } from "../../../support/folder";

describe("the backend of the state", () => {
  let folder: Folder;
  beforeEach(() => (folder = new Folder({ "Pulumi.yaml": "name: shop\n" })));
  afterEach(() => {
    folder.remove();
  });
  const chosen = (env: NodeJS.ProcessEnv) =>
    chosenBackend(folder.path, { PULUMI_HOME: folder.file("home"), ...env });

  it("is the one that Pulumi would take: variable, Pulumi.yaml, login, access token", () => {
    assert.equal(chosen({}), undefined);
    const token = { PULUMI_ACCESS_TOKEN: "pul-1" };
    assert.equal(chosen(token)?.url, "https://api.pulumi.com");
    folder.write("home/credentials.json", JSON.stringify({ current: "file://~" }));
    assert.deepEqual(chosen(token), { url: "file://~", by: "`pulumi login`" });
    folder.write("Pulumi.yaml", "name: shop\nbackend:\n  url: gs://bucket\n");
    assert.deepEqual(chosen({}), { url: "gs://bucket", by: "backend.url in Pulumi.yaml" });
    assert.equal(chosen({ PULUMI_BACKEND_URL: "s3://bucket" })?.url, "s3://bucket");
  });

  it("isn't chosen after a logout, and is where only Pulumi can read its login", () => {
    folder.write("home/credentials.json", JSON.stringify({ current: "", accounts: {} }));
    assert.equal(chosen({}), undefined);
    folder.write("home/credentials.json", "encrypted");
    assert.equal(chosen({})?.url, "");
    folder.write("others/credentials.json", JSON.stringify({ current: "azblob://a" }));
    assert.equal(chosen({ PULUMI_CREDENTIALS_PATH: folder.file("others") })?.url, "azblob://a");
  });

  it("has the URL that Pulumi's file backend reads, on Windows with the drive first", () => {
    assert.equal(
      fileBackendUrl("C:\\Users\\Ann B\\state", "win32"),
      "file://C:/Users/Ann%20B/state",
    );
    if (process.platform === "win32") return;
    assert.equal(fileBackendUrl("/home/ann b/state", "linux"), "file:///home/ann%20b/state");
  });

  it("names a folder: relative to the program, in the home, encoded, with options", function () {
    if (process.platform === "win32") this.skip();
    const of = (url: string) => fileBackendFolder(url, "/project", "/home/ann");
    assert.equal(of("file://./state"), "/project/state");
    assert.equal(of("file://state"), "/project/state");
    assert.equal(of("file://~"), "/home/ann");
    assert.equal(of("file://~/state"), "/home/ann/state");
    assert.equal(of("file:///a%20b?no_tmp_dir=true"), "/a b");
    assert.equal(of("s3://bucket"), undefined);
    assert.equal(fileBackendFolder("file://~", "/project"), homedir());
  });
});
