import * as grpc from "@grpc/grpc-js";
import { ErrorResourceInitFailed } from "@pulumi/pulumi/proto/provider_pb";
import { Status } from "@pulumi/pulumi/proto/status_pb";
import { Any } from "google-protobuf/google/protobuf/any_pb";
import { messageOf } from "../../../lib/errors";
import { InitFailed } from "../init-failed";
import { encode } from "../wire-format";

/** Converts an error to the form in which gRPC sends it; an {@link InitFailed} includes its state. */
export function toGrpcStatus(error: unknown): grpc.ServerErrorResponse | grpc.ServiceError {
  const message = messageOf(error);
  const metadata = new grpc.Metadata();
  if (error instanceof InitFailed) {
    // grpc-js has no other way to send structured errors; the engine looks for them under this key.
    metadata.add("grpc-status-details-bin", Buffer.from(details(error).serializeBinary()));
  }
  return Object.assign(new Error(message), {
    code: grpc.status.UNKNOWN,
    details: message,
    metadata,
  });
}

function details(error: InitFailed): Status {
  const detail = new ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(encode(error.state));
  detail.setReasonsList([error.message, ...error.reasons]);
  if (error.inputs !== undefined) detail.setInputs(encode(error.inputs));
  const packed = new Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const status = new Status();
  status.setCode(grpc.status.UNKNOWN);
  status.setMessage(error.message);
  status.addDetails(packed);
  return status;
}
