import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import type { PropertyDiff } from "../property-diff";
import type { Autonaming, CheckRequest, CheckResult, DiffRequest, DiffResult } from "../provider";
import { nameOf, typeOf } from "../urn";
import { decode, encode } from "../wire-format";

/** In the order of the protocol's numbers. */
const autonamingModes: readonly Autonaming["mode"][] = ["propose", "enforce", "disable"];

/** Reads the request of Check. The engine sends empty old inputs for a resource that is new. */
export function checkRequest(request: rpc.CheckRequest): Omit<CheckRequest, "log"> {
  const urn = request.getUrn();
  const olds = decode(request.getOlds());
  const seed = request.getRandomseed_asU8();
  const autonaming = request.getAutonaming();
  return {
    urn,
    type: typeOf(urn),
    name: nameOf(urn),
    olds: Object.keys(olds).length === 0 ? undefined : olds,
    news: decode(request.getNews()),
    randomSeed: seed.length === 0 ? undefined : seed,
    autonaming: autonaming === undefined ? undefined : readAutonaming(autonaming),
  };
}

/** Writes the response of Check. */
export function checkResponse(result: CheckResult): rpc.CheckResponse {
  const response = new rpc.CheckResponse().setInputs(encode(result.inputs));
  response.setFailuresList(
    (result.failures ?? []).map(({ property, reason }) =>
      new rpc.CheckFailure().setProperty(property ?? "").setReason(reason),
    ),
  );
  return response;
}

/** Reads the request of Diff. */
export function diffRequest(request: rpc.DiffRequest): DiffRequest {
  const urn = request.getUrn();
  return {
    urn,
    type: typeOf(urn),
    id: request.getId(),
    oldInputs: decode(request.getOldInputs()),
    oldState: decode(request.getOlds()),
    news: decode(request.getNews()),
    ignoreChanges: request.getIgnorechangesList(),
  };
}

/** Writes the response of Diff. */
export function diffResponse(result: DiffResult): rpc.DiffResponse {
  const response = new rpc.DiffResponse();
  const entries = Object.entries(result.changes);
  const { DIFF_NONE, DIFF_SOME } = rpc.DiffResponse.DiffChanges;
  response.setChanges(entries.length === 0 ? DIFF_NONE : DIFF_SOME);
  response.setReplacesList(entries.filter(([, diff]) => diff.replace).map(([path]) => path));
  response.setDiffsList([...new Set(entries.map(([path]) => path.split(/[.[]/)[0] ?? path))]);
  response.setHasdetaileddiff(true);
  response.setDeletebeforereplace(result.deleteBeforeReplace ?? false);
  for (const [path, diff] of entries) {
    // Tells the display where the old value is. A deleted property is always taken from the inputs.
    const ofInputs = result.againstState !== true || diff.kind === "delete";
    const message = new rpc.PropertyDiff().setKind(kindOf(diff)).setInputdiff(ofInputs);
    response.getDetaileddiffMap().set(path, message);
  }
  return response;
}

function readAutonaming(options: rpc.CheckRequest.AutonamingOptions): Autonaming {
  return {
    mode: autonamingModes[options.getMode()] ?? "propose",
    proposedName: options.getProposedName(),
  };
}

function kindOf(diff: PropertyDiff): rpc.PropertyDiff.Kind {
  const { Kind } = rpc.PropertyDiff;
  switch (diff.kind) {
    case "add":
      return diff.replace ? Kind.ADD_REPLACE : Kind.ADD;
    case "update":
      return diff.replace ? Kind.UPDATE_REPLACE : Kind.UPDATE;
    case "delete":
      return diff.replace ? Kind.DELETE_REPLACE : Kind.DELETE;
  }
}
