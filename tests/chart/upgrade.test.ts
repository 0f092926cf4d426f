/** What an upgrade finds in the cluster. The real helm asks an API server of this process. */
import assert from "node:assert/strict";
import type { Server } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { find, names, refusal, render } from "../support/chart/helm";
import { COMPLETE } from "../support/chart/scenarios";

const RESOURCES = [
  ["v1", "Secret", "secrets"],
  ["v1", "Namespace", "namespaces"],
  ["apps/v1", "StatefulSet", "statefulsets"],
  ["batch/v1", "Job", "jobs"],
] as const;

/** The release that is upgraded, as Helm keeps it; `helm template` calls every revision its first. */
const RELEASE = "todo-app/secrets/sh.helm.release.v1.todo-app.v0";
const DATABASE = "todo/statefulsets/todo-postgres";
const PASSWORD = "todo/secrets/todo-postgres";
const JOB = "todo/jobs/todo-app-migration-local";

describe("chart: at an upgrade", () => {
  let server: Server;
  let flags: string[];
  /** Objects by namespace, resource and name. */
  let cluster: Record<string, object>;

  before(async () => {
    server = createServer((request, response) => {
      const group = /^\/apis?\/(v1|\w+\/v1)/.exec(request.url ?? "")?.[1] ?? "";
      const object = cluster[/namespaces\/(.*)$/.exec(request.url ?? "")?.[1] ?? ""];
      const [kind, answer] = request.url?.includes("/namespaces/")
        ? object === undefined
          ? (["Status", { status: "Failure", reason: "NotFound", code: 404 }] as const)
          : (["Secret", object] as const)
        : ([
            "APIResourceList",
            {
              groupVersion: group,
              resources: RESOURCES.filter(([version]) => version === group).map(
                ([, one, name]) => ({ name, kind: one, namespaced: true, verbs: ["get"] }),
              ),
            },
          ] as const);
      response.writeHead(kind === "Status" ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify({ apiVersion: "v1", kind, ...answer }));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    flags = ["--namespace", "todo-app", "--is-upgrade", "--dry-run=server"];
    flags.push("--kube-apiserver", `http://127.0.0.1:${port}`);
  });
  after(() => server.close());
  beforeEach(() => {
    cluster = {
      [RELEASE]: {},
      [DATABASE]: {},
      [PASSWORD]: { data: { POSTGRES_PASSWORD: "cHc=" } },
    };
  });

  it("keeps the password that is there", async () => {
    const text = JSON.stringify(await render(COMPLETE, flags));
    assert.match(text, /postgresql:\/\/todo:pw@todo-postgres/);
  });

  it("refuses a database that the migration would wait for in vain", async () => {
    cluster = { [RELEASE]: {} };
    assert.match(
      await refusal(COMPLETE, flags),
      /postgres\.enabled is true, but there is no StatefulSet "todo-postgres" in namespace "todo" yet.*upgrade first with migration\.enabled=false/,
    );
    await render({ ...COMPLETE, migration: { enabled: false } }, flags);
  });

  it("refuses a namespace that comes after the migration, but not one that is there", async () => {
    const values = { namespace: { name: "todo", create: true } };
    assert.match(await refusal(values, flags), /make namespace "todo" first/);
    cluster.todo = {};
    await render(values, flags);
  });

  it("refuses nothing where Helm can't see what is there", async () => {
    cluster = {};
    await render(COMPLETE, flags);
    await render(COMPLETE, ["--is-upgrade"]);
  });

  it("refuses another key for the password, which would make another password", async () => {
    const values = { ...COMPLETE, postgres: { enabled: true, passwordKey: "other" } };
    assert.match(
      await refusal(values, flags),
      /postgres\.passwordKey is "other", which Secret "todo-postgres" doesn't have: .*found POSTGRES_PASSWORD/,
    );
  });

  it("away from the release's database clears the first migration's way as well", async () => {
    const values = { namespace: { name: "todo" } };
    assert.deepEqual(names(await render(values, flags), "Job"), ["todo-app-migration"]);
    cluster[JOB] = {};
    const job = find(await render(values, flags), "Job", "todo-app-migration-local");
    assert.match(job.metadata.annotations?.["helm.sh/hook-delete-policy"] ?? "", /,hook-failed$/);
  });
});
