import assert from "node:assert/strict";
import { explainFailure } from "../../../../cli/explain/known-failures";
import { target } from "../../../support/target";

const context = { stack: "dev", namespace: "todo-app", release: "todo-app", target };

/** Messages as the pod, the engine and the API server write them. */
const known: readonly [string, string, RegExp, RegExp][] = [
  [
    "data with another password, before the migration that fails on it",
    "todo-app/todo-postgres-0: CrashLoopBackOff; before: Error, exit code 1, The volume has data of an earlier database, and the password of this stack doesn't open it. The data is unchanged. Set postgres.existingData to keep, which gives the data the password of this stack, or to drop, which deletes the data.\npre-install hooks failed",
    /earlier database, and the password of this stack doesn't open it/,
    /Set postgres\.existingData to keep.*or to drop, which deletes the data\. .*Pulumi\.dev\.yaml/,
  ],
  [
    "data of another version",
    "The volume has data that this PostgreSQL can't use: PostgreSQL 17 has written it, and the image has 18. Set postgres.image to an image of PostgreSQL 17, or set postgres.existingData to drop, which deletes the data.",
    /PostgreSQL 17 has written it, and the image has 18/,
    /Set postgres\.image to an image of PostgreSQL 17/,
  ],
  [
    "a database that was renamed in the settings",
    "error: pulumi-nodejs:dynamic:Resource resource 'postgres-data': property database value {other} has a problem: postgres.database can't change: PostgreSQL reads it only when it creates its data: set it back to todo, or set postgres.existingData to drop, which deletes the data",
    /postgres\.database can't change: PostgreSQL reads it only/,
    /set it back to todo, or set postgres\.existingData to drop/,
  ],
  [
    "a volume that can't grow",
    'persistentvolumeclaims "data-todo-postgres-0" is forbidden: only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize',
    /can't grow to postgres\.storage/,
    /Set postgres\.storage back/,
  ],
  [
    "a volume that would shrink",
    'PersistentVolumeClaim "data-todo-postgres-0" is invalid: spec.resources.requests.storage: Forbidden: field can not be less than status.capacity',
    /can't shrink/,
    /get pvc/,
  ],
];

describe("explained failures of the database's data", () => {
  for (const [what, text, cause, hint] of known) {
    it(`names ${what}`, () => {
      const explanation = explainFailure(text, context);
      assert.match(explanation?.cause ?? "", cause);
      assert.match(explanation?.hint ?? "", hint);
    });
  }
});
