/** Check's and Diff's protobuf messages, from and to this folder's own types. */
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import type { Autonaming, CheckRequest, CheckResult, DiffResult } from "./provider";
import type { PropertyDiff } from "./diff";
import { nameOf, typeOf } from "./urn";
import { decode, encode } from "./values";

/** In the order of the protocol's numbers. */
const MODES: readonly Autonaming["mode"][] = ["propose", "enforce", "disable"];

/** Reads a check of a resource. The engine sends empty old inputs for a resource that is new. */
export function checkRequest(request: rpc.CheckRequest): CheckRequest {
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

/** Writes the answer to a check. */
export function checkResponse(result: CheckResult): rpc.CheckResponse {
  const response = new rpc.CheckResponse().setInputs(encode(result.inputs));
  response.setFailuresList(
    (result.failures ?? []).map(({ property, reason }) =>
      new rpc.CheckFailure().setProperty(property ?? "").setReason(reason),
    ),
  );
  return response;
}

/** Writes the answer to a diff. */
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
    // Tells the display where to find the old value; what is deleted stood in the inputs anyway.
    const ofInputs = result.againstState !== true || diff.kind === "delete";
    const message = new rpc.PropertyDiff().setKind(kindOf(diff)).setInputdiff(ofInputs);
    response.getDetaileddiffMap().set(path, message);
  }
  return response;
}

function readAutonaming(options: rpc.CheckRequest.AutonamingOptions): Autonaming {
  return {
    mode: MODES[options.getMode()] ?? "propose",
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
