/** Failures, and how they reach the engine. */
import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { encode } from "./values";
import type { Properties } from "./values";

/**
 * The resource exists but did not become ready. The engine keeps the state that comes with it, so
 * that the next update repairs the resource instead of making a second one.
 */
export class InitFailed extends Error {
  constructor(
    readonly id: string,
    readonly state: Properties,
    /** What is wrong, one finding each. */
    readonly reasons: string[],
    message: string,
    /** The inputs that Read found. */
    readonly inputs?: Properties,
  ) {
    super(message);
  }
}

/** The text of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** The form in which gRPC carries an error; an InitFailed carries its state along. */
export function toStatus(error: unknown): grpc.ServerErrorResponse | grpc.ServiceError {
  const message = messageOf(error);
  const metadata = new grpc.Metadata();
  if (error instanceof InitFailed) {
    const detail = new ErrorResourceInitFailed();
    detail.setId(error.id);
    detail.setProperties(encode(error.state));
    detail.setReasonsList([message, ...error.reasons]);
    if (error.inputs !== undefined) detail.setInputs(encode(error.inputs));
    const packed = new Any();
    packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
    const status = new Status();
    status.setCode(grpc.status.UNKNOWN);
    status.setMessage(message);
    status.addDetails(packed);
    // The engine looks for structured errors under this name; grpc-js knows no other way to send them.
    metadata.add("grpc-status-details-bin", Buffer.from(status.serializeBinary()));
  }
  return Object.assign(new Error(message), {
    code: grpc.status.UNKNOWN,
    details: message,
    metadata,
  });
}
