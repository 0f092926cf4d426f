import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { chartFiles } from "../../components/release/chart-files";
import { contextFiles } from "../../lib/docker-context";
import { ROOT } from "../support/stacks";

/** Paths of the files that are in the chart and in the images, below the project's folder. */
function deployedFiles(): string[] {
  const images = ["docker/backend", "docker/frontend"].flatMap((folder) => {
    const context = path.join(ROOT, folder);
    const dockerfile = path.join(context, "Dockerfile");
    return ["Dockerfile", ...contextFiles({ context, dockerfile })].map((file) =>
      path.join(folder, file),
    );
  });
  const chart = "helm/todo-app";
  return [...images, ...chartFiles(path.join(ROOT, chart)).map((file) => path.join(chart, file))];
}

describe("line endings", () => {
  it("are LF in every check-out, whatever Git is set to", () => {
    const attributes = readFileSync(path.join(ROOT, ".gitattributes"), "utf8");
    assert.match(attributes, /^\* text=auto eol=lf$/m);
    assert.doesNotMatch(attributes, /eol=crlf|-text|-eol/);
  });

  it("are LF in all that the images and the chart are made of", () => {
    const files = deployedFiles();
    assert.ok(files.includes("helm/todo-app/Chart.yaml") && files.length > 100);
    const wrong = files.filter((file) => readFileSync(path.join(ROOT, file)).includes("\r\n"));
    assert.deepEqual(wrong, []);
  });
});
