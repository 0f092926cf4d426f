import type { KnownFailure } from "./failure";

/** Text: helm, about a release whose last revision is pending (pkg/action). */
export const releasePending: KnownFailure = {
  pattern: /another operation \(install\/upgrade\/rollback\) is in progress/,
  explain: (_, { release, namespace, target }) => ({
    cause: `An interrupted operation left the Helm release "${release}" pending.`,
    hint: `\`${target.helm(`-n ${namespace} rollback ${release}`)}\` (or \`uninstall\`, if it never was deployed), then run this again.`,
  }),
};

/** Text: helm, about an object that it didn't create (pkg/action/validate.go). */
export const ownedByAnother: KnownFailure = {
  pattern: /invalid ownership metadata|cannot be imported into the current release/,
  explain: (_, { namespace, release, stack }) => ({
    cause: `An object in ${namespace} that the Helm release "${release}" wants to create is there already, made by someone else.`,
    hint: `If \`workloads\` has been changed, its owner has: \`npm run destroy -- --stack ${stack}\` comes in between. Else delete the object that the message names. Then run this again.`,
  }),
};

/** Text: helm (pkg/action), and the reason of a Job that failed too often. The chart's one hook migrates. */
export const migrationFailed: KnownFailure = {
  pattern: /pre-(?:install|upgrade) hooks? failed|BackoffLimitExceeded/,
  explain: (_, { namespace, target }) => ({
    cause: "The database migration failed.",
    hint: `Its log: \`${target.kubectl(`-n ${namespace} logs -l component=migration --tail=50`)}\`.`,
  }),
};
