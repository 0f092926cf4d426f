import type { Finding } from "../finding";

/** Checks the ports that a new profile is to publish: whether another program of this machine has them. */
export function hostPortsFinding(wanted: readonly number[], taken: readonly number[]): Finding {
  if (taken.length === 0) {
    return { check: "host ports", state: "ok", found: `127.0.0.1 has ${wanted.join(", ")} free.` };
  }
  return {
    check: "host ports",
    state: "fix",
    found: `Another program listens on 127.0.0.1:${taken.join(", ")}, which the cluster is to publish.`,
    hint: "End that program, or set another service.nodePort in the stack's file.",
  };
}
