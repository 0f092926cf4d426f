import type * as grpc from "@grpc/grpc-js";
import { toGrpcStatus } from "./grpc-status";

/**
 * Returns a gRPC method that answers one message with another one. `work` names the type of the message
 * that it takes; the service's definition decides which one arrives under which method.
 */
export function unary(work: (request: never) => unknown): grpc.UntypedHandleCall {
  const handler: grpc.handleUnaryCall<unknown, unknown> = (call, callback) => {
    Promise.resolve()
      .then(() => work(call.request as never))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback(toGrpcStatus(error));
        },
      );
  };
  return handler as grpc.UntypedHandleCall;
}
