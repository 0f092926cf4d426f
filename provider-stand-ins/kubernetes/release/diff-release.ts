import { diffProperties, withoutIgnored } from "../../protocol/property-diff";
import type { DiffRequest, DiffResult } from "../../protocol/provider";
import type { Properties } from "../../protocol/values";
import { isObject, revealAll } from "../../protocol/values";

const replacingProperties = ["name", "namespace"];

/**
 * Compares the inputs of a release with what is installed. As in the official plugin, an edit inside the
 * chart's folder doesn't show.
 */
export function diffRelease(request: DiffRequest): DiffResult {
  const news = revealAll(request.news);
  const state = revealAll(request.oldState);
  if (request.ignoreChanges.includes("version")) news.version = state.version ?? null;
  const installed = restrict(state, news, revealAll(request.oldInputs));
  const changes = diffProperties(installed, news, {
    forcesReplace: ([first]) => replacingProperties.includes(String(first)),
  });
  return { changes: withoutIgnored(changes, request.ignoreChanges), againstState: true };
}

/** Removes from the state what neither the new nor the old inputs contain, such as the release's status. */
function restrict(state: Properties, news: Properties, olds: Properties): Properties {
  const result: Properties = {};
  for (const key of new Set([...Object.keys(news), ...Object.keys(olds)])) {
    const [found, wanted, before] = [state[key], news[key], olds[key]];
    if (found === undefined) continue;
    result[key] =
      isObject(found) && (isObject(wanted) || isObject(before))
        ? restrict(found, isObject(wanted) ? wanted : {}, isObject(before) ? before : {})
        : found;
  }
  return result;
}
