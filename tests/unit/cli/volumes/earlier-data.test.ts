import assert from "node:assert/strict";
import { assertNoEarlierData } from "../../../../cli/volumes/earlier-data";
import { UserError } from "../../../../lib/errors";
import { settingsWith } from "../../../support/fixtures";

const FOLDER = "/tmp/hostpath-provisioner/todo-app/data-todo-postgres-0";
const items = [
  {
    metadata: {
      name: "pvc-1",
      annotations: { "pv.kubernetes.io/provisioned-by": "k8s.io/minikube-hostpath" },
    },
    spec: {
      claimRef: { namespace: "todo-app", name: "data-todo-postgres-0", uid: "1" },
      hostPath: { path: FOLDER },
    },
    status: { phase: "Released" },
  },
];
const password = {
  urn: "urn:pulumi:dev::p::random:index/randomPassword:RandomPassword::postgres-password",
  type: "random:index/randomPassword:RandomPassword",
};

function check(settings: Record<string, unknown> = {}, resources = [] as (typeof password)[]) {
  const kubectl = {
    run: (args: readonly string[]) =>
      Promise.resolve({
        code: 0,
        stdout: args[1] === "persistentvolumes" ? JSON.stringify({ items }) : "",
        stderr: "",
      }),
  };
  return assertNoEarlierData({ resources }, kubectl, settingsWith(settings), "dev");
}

describe("a new database where the data of an earlier one is left", () => {
  it("is refused before anything changes, with the choices", async () => {
    await assert.rejects(check(), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /earlier database.*pvc-1.*\/tmp\/hostpath-provisioner/);
      assert.match(
        error.hint,
        /existingData keep.*npm run destroy -- --stack dev.*existingData drop/,
      );
      return true;
    });
  });

  it("is made where the settings say what to do with the data", async () => {
    await check({ postgres: { existingData: "keep" } });
    await check({ postgres: { existingData: "drop" } });
  });

  it("is none where the state has the password, or the database is somewhere else", async () => {
    await check({}, [password]);
    await check({ databaseUrl: "postgresql://db.example/todo" });
  });
});
