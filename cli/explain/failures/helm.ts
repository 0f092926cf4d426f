import type { KnownFailure } from "./failure";

/** Text: helm, about a release whose last revision is pending (pkg/action). */
export const releasePending: KnownFailure = {
  pattern: /another operation \(install\/upgrade\/rollback\) is in progress/,
  explain: (_, { release, namespace, target }) => ({
    cause: `An interrupted operation left the Helm release "${release}" pending.`,
    hint: `\`${target.helm(`-n ${namespace} rollback ${release}`)}\` (or \`uninstall\`, if it never was deployed), then run this again.`,
  }),
};

/** Text: helm, about a release that it can't uninstall (pkg/action/uninstall.go): at a destroy, or a replacement. */
export const releaseGone: KnownFailure = {
  pattern: /uninstall: (?:Release not loaded: \S+|Failed to purge the release)/,
  explain: (_, { release, stack }) => ({
    cause: `The Helm release "${release}" is in the stack's state, but not in the cluster: it was uninstalled by hand.`,
    hint:
      `\`npm run destroy -- --stack ${stack}\` takes it out of the state first (by hand: \`pulumi destroy --refresh --stack ${stack}\`); ` +
      `to keep the stack, \`npm run up -- --refresh --stack ${stack}\` installs it again.`,
  }),
};

/** Text: helm, about a release that it can't upgrade (pkg/action, pkg/storage/driver). */
export const releaseMissing: KnownFailure = {
  pattern: /"?[\w.-]+"? has no deployed releases|Release not loaded: \S+|release: not found/,
  explain: (_, { release, stack }) => ({
    cause: `The Helm release "${release}" is in the stack's state, but not in the cluster: it was uninstalled, or never became deployed.`,
    hint: `\`npm run up -- --refresh --stack ${stack}\` looks at the cluster first, and installs it again.`,
  }),
};

/** Text: helm, about a release that the state doesn't know (pkg/action/install.go). */
export const releaseExists: KnownFailure = {
  pattern: /cannot re-use a name that is still in use/,
  explain: (_, { release, namespace, target }) => ({
    cause: `A Helm release "${release}" is there already, but this stack's state doesn't know it.`,
    hint:
      `Another stack, helm by hand or an update that was ended half-way created it: see \`${target.helm(`-n ${namespace} history ${release}`)}\`. ` +
      `If it isn't needed, \`${target.helm(`-n ${namespace} uninstall ${release}`)}\`, then run this again.`,
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

/**
 * Text: helm (pkg/action/install.go and upgrade.go), and the reasons of a Job that failed. The chart's one
 * hook before the release migrates.
 */
export const migrationFailed: KnownFailure = {
  pattern:
    /failed pre-(?:install|upgrade):|pre-(?:install|upgrade) hooks? failed|BackoffLimitExceeded|DeadlineExceeded(?<!ProgressDeadlineExceeded)/,
  explain: (_, { namespace, target }) => ({
    cause: "The database migration failed.",
    hint: `Its log: \`${target.kubectl(`-n ${namespace} logs -l component=migration --tail=50`)}\`.`,
  }),
};
