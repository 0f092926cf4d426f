import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { type Environment, kubectlOf } from "../environment/environment";
import { type ClusterObject, foreignFields } from "./foreign-fields";

/** What reading the cluster needs. */
export type ClusterEnvironment = Pick<Environment, "settings" | "target" | "tools" | "env">;

/** An object as the program or the chart states it. */
export type StatedObject = ClusterObject & { apiVersion: string };

/**
 * Reports the fields of the live objects that aren't stated and that neither the program, nor the chart, nor
 * the cluster has set. Objects that aren't in the cluster are left to the comparison of values.
 *
 * @returns whether there are any.
 * @throws UserError where kubectl can't read them.
 */
export async function reportForeignFields(
  environment: ClusterEnvironment,
  stated: readonly StatedObject[],
  progress: Pick<ConsoleProgress, "say">,
): Promise<boolean> {
  const { namespace } = environment.settings;
  const lines = (await liveObjects(environment, stated)).flatMap((object) => {
    const match = stated.find((one) => sameObject(one, object, namespace));
    return foreignFields(object, match).map(({ path, value, manager, time }) => {
      const when = time === undefined ? "" : `, ${time}`;
      return `${nameOf(object)}: ${path} = ${value} is stated nowhere (${manager}${when})`;
    });
  });
  for (const line of lines) progress.say(line);
  return lines.length > 0;
}

async function liveObjects(
  environment: ClusterEnvironment,
  stated: readonly StatedObject[],
): Promise<ClusterObject[]> {
  if (stated.length === 0) return [];
  const items = stated.map(({ apiVersion, kind, metadata: { name, namespace } }) => ({
    ...{ apiVersion, kind },
    metadata: { name, namespace },
  }));
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  const text = await kubectlOf(environment).text(
    [
      ...["get", "--filename", "-", "--namespace", environment.settings.namespace],
      ...["--ignore-not-found", "--show-managed-fields", "--output", "json"],
    ],
    { input: list },
  );
  if (text.trim() === "") return [];
  const found = JSON.parse(text) as ClusterObject & { items?: ClusterObject[] };
  return found.items ?? [found];
}

function sameObject(stated: StatedObject, live: ClusterObject, namespace: string): boolean {
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
