import { settingsFileName } from "../../stack/stack-name";
import type { KnownFailure } from "./failure";

/** Text: the check of the data before PostgreSQL starts (helm/todo-app/files/postgres/check-data.sh). */
export const dataNotUsable: KnownFailure = {
  pattern:
    /(The volume has data [^\n]*?)\. (?:The data is unchanged\. )?(Set postgres\.[^\n]*?\.)(?:\s|$)/,
  explain: ([, found = "", choices = ""], { stack }) => ({
    cause: `${found}. The database doesn't start, and its data is unchanged.`,
    hint: `${choices} Settings are in ${settingsFileName(stack)}; then \`npm run up -- --stack ${stack}\`.`,
  }),
};

/** Text: components/postgres/data-record.ts, as the engine prints a check that failed. */
export const dataSettingChanged: KnownFailure = {
  pattern: /((?:postgres\.\w+|namespace) can't change: [^\n:]*): ([^\n]*)/,
  explain: ([, cause = "", choice = ""]) => ({
    cause: `${cause}. Nothing has changed.`,
    hint: `In the stack's settings, ${choice}.`,
  }),
};

/** Text: the API server's admission of a claim that grows (plugin/pkg/admission/storage/persistentvolume/resize). */
export const volumeCannotGrow: KnownFailure = {
  pattern: /only dynamically provisioned pvc can be resized/,
  explain: (_, { stack, namespace, target }) => ({
    cause: `The database's volume can't grow to postgres.storage: its storage class doesn't allow it (allowVolumeExpansion), as Minikube's doesn't.`,
    hint:
      `Set postgres.storage back to the volume's size (\`${target.kubectl(`-n ${namespace} get pvc`)}\`). For a larger volume: save the data with pg_dump, ` +
      `\`npm run destroy -- --stack ${stack}\`, \`npm run up -- --stack ${stack}\`, and restore it.`,
  }),
};

/** Text: the API server's validation of a claim (pkg/apis/core/validation). */
export const volumeCannotChange: KnownFailure = {
  pattern:
    /field can not be less than (?:status\.capacity|previous value)|spec is immutable after creation except resources\.requests/,
  explain: (_, { namespace, target }) => ({
    cause: "The database's volume can't shrink, and keeps its storage class.",
    hint: `Set postgres.storage and postgres.storageClass back to what the volume has: \`${target.kubectl(`-n ${namespace} get pvc`)}\`.`,
  }),
};
