import { kubectlOf, type Environment } from "../environment/environment";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { type ClusterObject, foreignFields } from "./unstated-fields";

/** An object as it is stated. */
export type Stated = ClusterObject & { apiVersion: string };

/**
 * Says which fields the live objects have that aren't stated and that somebody else has set, and returns
 * whether there are any. Objects that aren't in the cluster are left to the comparison of values.
 *
 * @throws UserError where kubectl can't read them.
 */
export async function sayForeignFields(
  machine: Environment,
  stated: readonly Stated[],
  progress: Pick<ConsoleProgress, "say">,
): Promise<boolean> {
  const live = await liveObjects(machine, stated);
  let any = false;
  for (const object of live) {
    const match = stated.find((one) => sameObject(one, object, machine.settings.namespace));
    for (const { path, value, manager, time } of foreignFields(object, match)) {
      const when = time === undefined ? "" : `, ${time}`;
      progress.say(`${nameOf(object)}: ${path} = ${value} is stated nowhere (${manager}${when})`);
      any = true;
    }
  }
  return any;
}

async function liveObjects(
  machine: Environment,
  stated: readonly Stated[],
): Promise<ClusterObject[]> {
  if (stated.length === 0) return [];
  const items = stated.map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
    ...{ apiVersion, kind },
    metadata: { name, namespace },
  }));
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const text = await kubectlOf(machine).text(
    [
      ...["get", "--filename", "-", "--namespace", machine.settings.namespace],
      ...["--ignore-not-found", "--show-managed-fields", "--output", "json"],
    ],
    { input: list },
  );
  if (text.trim() === "") return [];
  const found = JSON.parse(text) as ClusterObject & { items?: ClusterObject[] };
  return found.items ?? [found];
}

function sameObject(stated: Stated, live: ClusterObject, namespace: string): boolean {
  const place = live.metadata.namespace;
  return (
    stated.kind === live.kind &&
    stated.metadata.name === live.metadata.name &&
    (place === undefined || (stated.metadata.namespace ?? namespace) === place)
  );
}

function nameOf({ kind, metadata: { name, namespace } }: ClusterObject): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
