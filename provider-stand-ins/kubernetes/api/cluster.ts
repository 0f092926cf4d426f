import type { JsonObject } from "../../protocol/values";
import type { ApiRequest, KubectlAccess } from "./api-connection";
import { ApiConnection } from "./api-connection";
import { ApiError } from "./api-errors";
import { objects } from "./json-fields";
import type { Place } from "./place";
import { pathOf } from "./place";

/** The objects of a cluster. */
export class Cluster {
  readonly #connection: ApiConnection;

  constructor(access: KubectlAccess) {
    this.#connection = new ApiConnection(access);
  }

  /**
   * Sends a request about an object or a list of objects, and returns the answer.
   *
   * @throws ApiError where the API server answers with an error.
   * @throws Unreachable where it doesn't answer.
   */
  async object(place: Place, request: ApiRequest = {}): Promise<JsonObject> {
    return JSON.parse(await this.#connection.request(pathOf(place), request)) as JsonObject;
  }

  /** Returns an object; undefined where there is none. */
  async find(place: Place, signal?: AbortSignal): Promise<JsonObject | undefined> {
    try {
      return await this.object(place, { signal });
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) return undefined;
      throw error;
    }
  }

  /** Returns the objects of a list. */
  async list(
    place: Place,
    query: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<JsonObject[]> {
    return objects(await this.object(place, { query, signal }), "items");
  }

  /** Returns the log of a pod's container; empty where it can't be read. */
  async logs(namespace: string, pod: string, query: Record<string, string>): Promise<string> {
    const path = `/api/v1/namespaces/${namespace}/pods/${pod}/log`;
    return this.#connection.request(path, { query }).catch(() => "");
  }

  /** Ends the connection. */
  close(): void {
    this.#connection.close();
  }
}
