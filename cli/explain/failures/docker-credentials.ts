import type { KnownFailure } from "./failure";

/** Text: docker-credential-helpers, client/client.go, with Go's message of a program that isn't on PATH. */
export const credentialHelperMissing: KnownFailure = {
  pattern:
    /error (?:listing|getting) credentials - err: exec: "?(docker-credential-[\w.-]+)"?: executable file not found/,
  explain: ([, helper = ""]) => ({
    cause: `docker's configuration names the credential helper ${helper}, which isn't on PATH: no image can be built.`,
    hint: 'Install it, or remove "credsStore" (or its entry in "credHelpers") from ~/.docker/config.json ($DOCKER_CONFIG).',
  }),
};
