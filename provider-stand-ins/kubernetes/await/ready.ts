/** Readiness: which wait belongs to which kind of object. */
import type { Operation } from "../../protocol/provider";
import type { JsonObject } from "../../protocol/values";
import { text } from "../json";
import type { Target } from "../target";
import { lookAtDeployment } from "./deployment";
import { lookAtService } from "./service";
import { lookAtStatefulSet } from "./statefulset";
import { waitFor } from "./wait";
import type { Look, WaitOptions } from "./wait";

export { NotReady } from "./wait";

/** What a look needs to know. */
export interface Watched {
  target: Target;
  /** The object as the API server answered to the change. */
  changed: JsonObject;
  /** The object before an update; undefined after a create. */
  before: JsonObject | undefined;
  signal: AbortSignal;
}

type Looker = (watched: Watched) => () => Promise<Look>;

const LOOKERS: Readonly<Record<string, Looker>> = {
  Deployment: lookAtDeployment,
  StatefulSet: lookAtStatefulSet,
  Service: lookAtService,
};

/** Waits until an object is ready; kinds without a notion of it are ready at once. */
export async function awaitReady(
  target: Target,
  changed: JsonObject,
  options: WaitOptions & { before: JsonObject | undefined },
): Promise<JsonObject> {
  const looker = LOOKERS[target.kind.kind];
  if (looker === undefined) return changed;
  const { before, signal, timeout } = options;
  const name = text(changed, "metadata", "name");
  return waitFor(
    options,
    () => `'${name}' timed out waiting to be ready (${timeout} s)`,
    looker({ target, changed, before, signal }),
  );
}

/** What keeps an object from being ready right now; undefined when it is. */
export async function currentProblems(
  target: Target,
  live: JsonObject,
  { signal }: Pick<Operation, "signal">,
): Promise<string[] | undefined> {
  const looker = LOOKERS[target.kind.kind];
  if (looker === undefined) return undefined;
  const look = await looker({ target, changed: live, before: live, signal })();
  return look.done ? undefined : look.problems();
}
