import autocannon from "autocannon";
import { READER, WRITER } from "./data";
import type { Server } from "./server";
import { tokenFor } from "./token";

/** What the load consists of. */
export const WORKLOADS = ["list", "add"] as const;
/** One of them: reading a page of 50 tasks, or adding a task. */
export type Workload = (typeof WORKLOADS)[number];

/** A task as the load adds it. */
export const NEW_TASK = {
  title: "Buy flowers for the garden",
  description: "Roses, tulips and something that flowers late in the year.",
  priority: "high",
  dueDate: "2030-05-01",
  tags: ["home", "garden"],
};

/** What a load came to. */
export interface Load {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** CPU time that the server took for one request, in milliseconds: other programs don't change it. */
  cpuMs: number;
}

/** A request, as fetch and autocannon both take it. */
export interface LoadRequest {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** How a workload is asked for. */
export function requestOf(workload: Workload): LoadRequest {
  const authorization = `Bearer ${tokenFor(workload === "list" ? READER : WRITER)}`;
  const path = "/api/tasks";
  if (workload === "list") return { method: "GET", path, headers: { authorization } };
  const headers = { authorization, "content-type": "application/json" };
  return { method: "POST", path, headers, body: JSON.stringify(NEW_TASK) };
}

/**
 * Asks a server as fast as it answers.
 *
 * @throws Error where an answer was not a good one: then the numbers mean nothing.
 */
export async function load(
  server: Server,
  workload: Workload,
  options: { connections: number; seconds: number },
): Promise<Load> {
  const before = server.usage();
  const result = await autocannon({
    url: server.origin,
    connections: options.connections,
    duration: options.seconds,
    requests: [requestOf(workload)],
  });
  const { cpuMs } = server.usage();
  const bad = result.non2xx + result.errors + result.timeouts;
  const good = result["2xx"];
  if (bad > 0 || good === 0) {
    throw new Error(`${workload}: ${bad} of ${good + bad} requests failed at ${server.origin}`);
  }
  return {
    requestsPerSecond: good / result.duration,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    cpuMs: (cpuMs - before.cpuMs) / good,
  };
}
