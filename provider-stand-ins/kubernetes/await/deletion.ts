import type { JsonObject } from "../../protocol/values";
import type { Cluster } from "../api/cluster";
import { at, objects, text } from "../api/json-fields";
import type { Place } from "../api/place";
import type { WaitOptions } from "./look";
import { waitUntilDone } from "./wait-until";

/** A deletion that the API server has accepted. */
export interface Deletion {
  cluster: Cluster;
  /** The kind of the object, for messages. */
  kind: string;
  place: Place;
  /** The API server's answer to the request. */
  answer: JsonObject;
}

/**
 * Waits until an object no longer exists, or another one has its name.
 *
 * @throws NotReady after the timeout.
 */
export async function awaitDeletion(
  { cluster, kind, place, answer }: Deletion,
  options: WaitOptions,
): Promise<void> {
  const uid = text(answer, "metadata", "uid") || text(answer, "details", "uid");
  await waitUntilDone(
    options,
    (object) =>
      `${kind} '${text(object, "metadata", "name")}' timed out waiting to be deleted (${options.timeout} s)`,
    async () => {
      const live = await cluster.find(place, options.signal);
      const gone = live === undefined || (uid !== "" && text(live, "metadata", "uid") !== uid);
      const object = live ?? answer;
      return {
        done: gone,
        object,
        status: `Waiting for ${kind} to be deleted${remaining(object)}`,
        problems: () => Promise.resolve(gone ? [] : reasons(object)),
      };
    },
  );
}

/** Describes what a namespace still contains. */
function remaining(object: JsonObject): string {
  const messages = contentMessages(object);
  return messages.length === 0 ? "" : `: ${messages.join("; ")}`;
}

function reasons(object: JsonObject): string[] {
  const finalizers = at(object, "metadata", "finalizers");
  const held =
    Array.isArray(finalizers) && finalizers.length > 0
      ? [`finalizers might be preventing deletion (${finalizers.join(", ")})`]
      : [];
  return [...contentMessages(object), ...held];
}

function contentMessages(object: JsonObject): string[] {
  return objects(object, "status", "conditions")
    .filter((entry) => entry.status === "True" && /Remaining|Failure/.test(text(entry, "type")))
    .map((entry) => text(entry, "message"));
}
