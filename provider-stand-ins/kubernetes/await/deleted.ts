/** The end of an object: it is gone, or another one has its name. */
import type { JsonObject } from "../../protocol/values";
import type { Place } from "../cluster";
import { at, objects, text } from "../json";
import type { Target } from "../target";
import { NotReady, waitFor } from "./wait";
import type { WaitOptions } from "./wait";

export { NotReady };

/** Waits until the object that `answer` (the answer to the delete) is about no longer exists. */
export async function awaitDeleted(
  { connection, kind }: Target,
  place: Place,
  answer: JsonObject,
  options: WaitOptions,
): Promise<void> {
  const uid = text(answer, "metadata", "uid") || text(answer, "details", "uid");
  await waitFor(
    options,
    (object) =>
      `${kind.kind} '${text(object, "metadata", "name")}' timed out waiting to be deleted (${options.timeout} s)`,
    async () => {
      const live = await connection.cluster.find(place, options.signal);
      const gone = live === undefined || (uid !== "" && text(live, "metadata", "uid") !== uid);
      const object = live ?? answer;
      return {
        done: gone,
        object,
        status: `Waiting for ${kind.kind} to be deleted${remaining(object)}`,
        problems: () => Promise.resolve(gone ? [] : reasons(object)),
      };
    },
  );
}

/** A namespace tells what is still in it. */
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
