import assert from "node:assert/strict";
import { assertNoEarlierData, spentChoice } from "../../../../cli/volumes/earlier-data";
import { UserError } from "../../../../lib/errors";
import { settingsWith } from "../../../support/fixtures";
import { target } from "../../../support/target";

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

function check(
  settings: Record<string, unknown> = {},
  resources = [] as (typeof password)[],
  claimUid = "",
) {
  const kubectl = {
    run: (args: readonly string[]) =>
      Promise.resolve({
        code: 0,
        stdout: args[1] === "persistentvolumes" ? JSON.stringify({ items }) : claimUid,
        stderr: "",
      }),
  };
  const stack = { settings: settingsWith(settings), stack: "dev", target };
  return assertNoEarlierData({ resources }, kubectl, stack);
}

describe("a new database where the data of an earlier one is left", () => {
  it("is refused before anything changes, with the choices", async () => {
    await assert.rejects(check(), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /earlier database.*pvc-1.*\/tmp\/hostpath-provisioner/);
      assert.match(
        error.hint,
        /--path postgres\.existingData keep .*npm run destroy -- --stack dev.*existingData drop/,
      );
      return true;
    });
  });

  it("is refused where a claim is left in a namespace that stays, with the command that deletes it", async () => {
    await assert.rejects(check({}, [], "uid-1"), (error: unknown) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /volume claim data-todo-postgres-0\./);
      assert.match(error.hint, /kubectl .*delete pvc data-todo-postgres-0 -n todo-app/);
      return true;
    });
    await check({}, [password], "uid-1");
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

describe("a choice for existing data that an earlier update has recorded", () => {
  const spent = (existingData: string, recorded: string): string | undefined =>
    spentChoice(
      {
        resources: [
          {
            urn: "urn:pulumi:dev::p::pulumi-nodejs:dynamic:Resource::postgres-data",
            type: "pulumi-nodejs:dynamic:Resource",
            inputs: { existingData: recorded },
          },
        ],
      },
      { settings: settingsWith({ postgres: { existingData } }), stack: "dev" },
    );

  it("is named at each update, with the command that sets it back", () => {
    for (const choice of ["drop", "keep"]) {
      assert.match(
        spent(choice, choice) ?? "",
        /since an earlier update.*--path postgres\.existingData refuse --stack dev`$/,
      );
    }
  });

  it("is no matter where it is new, or at its default", () => {
    assert.equal(spent("drop", "refuse"), undefined);
    assert.equal(spent("refuse", "drop"), undefined);
  });
});
