/** Diff of a release: what the program wants against what was installed. */
import { diffProperties, withoutIgnored } from "../../protocol/diff";
import type { DiffRequest, DiffResult } from "../../protocol/provider";
import { isObject, revealAll } from "../../protocol/values";
import type { Properties } from "../../protocol/values";

const REPLACING = ["name", "namespace"];

/** Compares a release. An edit inside the chart's folder doesn't show, as with the official plugin. */
export function diffRelease(request: DiffRequest): DiffResult {
  const news = revealAll(request.news);
  const state = revealAll(request.oldState);
  if (request.ignoreChanges.includes("version")) news.version = state.version ?? null;
  const installed = restrict(state, news, revealAll(request.oldInputs));
  const changes = diffProperties(installed, news, {
    forcesReplace: ([first]) => REPLACING.includes(String(first)),
  });
  return { changes: withoutIgnored(changes, request.ignoreChanges), againstState: true };
}

/** The state without what neither the new nor the old inputs speak of, such as the chart's status. */
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
