import type { JsonObject } from "../../protocol/values";
import { text } from "../api/json-fields";
import { lookAtDeployment } from "./deployment";
import type { Awaited, Looker, WaitOptions } from "./look";
import { lookAtService } from "./service";
import { lookAtStatefulSet } from "./stateful-set";
import { waitUntilDone } from "./wait-until";

const lookers: Readonly<Record<string, Looker>> = {
  Deployment: lookAtDeployment,
  StatefulSet: lookAtStatefulSet,
  Service: lookAtService,
};

/**
 * Waits until an object is ready, and returns it as it is then. Objects of other kinds than Deployment,
 * StatefulSet and Service are ready at once.
 *
 * @throws NotReady after the timeout.
 */
export async function awaitReady(
  awaited: Omit<Awaited, "signal">,
  options: WaitOptions,
): Promise<JsonObject> {
  const { kind, changed } = awaited;
  const looker = lookers[kind.kind];
  if (looker === undefined) return changed;
  const name = text(changed, "metadata", "name");
  return waitUntilDone(
    options,
    () => `'${name}' timed out waiting to be Ready`,
    looker({ ...awaited, signal: options.signal }),
  );
}

/** Returns what keeps an object from being ready at the moment; undefined where it is ready. */
export async function currentProblems(awaited: Awaited): Promise<string[] | undefined> {
  const looker = lookers[awaited.kind.kind];
  if (looker === undefined) return undefined;
  const look = await looker(awaited)();
  return look.done ? undefined : look.problems();
}
