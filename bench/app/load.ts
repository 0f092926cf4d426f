import autocannon from "autocannon";
import { READER, WRITER } from "./database";
import type { Server } from "./server-process";
import { tokenFor } from "./token";

/** The workloads. */
export const WORKLOADS = ["list", "add"] as const;
/** A workload: `list` reads a page of 50 tasks, `add` adds a task. */
export type Workload = (typeof WORKLOADS)[number];

/** The task that the `add` workload adds. */
export const NEW_TASK = {
  title: "Buy flowers for the garden",
  description: "Roses, tulips and something that flowers late in the year.",
  priority: "high",
  dueDate: "2030-05-01",
  tags: ["home", "garden"],
};

/** Result of a load. */
export interface Load {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  /** CPU time of the server for one request, in milliseconds. Other programs don't affect it. */
  cpuMs: number;
}

/** A request in the form that both fetch and autocannon accept. */
export interface LoadRequest {
  method: "GET" | "POST";
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** Returns the request of a workload. */
export function requestOf(workload: Workload): LoadRequest {
  const authorization = `Bearer ${tokenFor(workload === "list" ? READER : WRITER)}`;
  const path = "/api/tasks";
  if (workload === "list") return { method: "GET", path, headers: { authorization } };
  const headers = { authorization, "content-type": "application/json" };
  return { method: "POST", path, headers, body: JSON.stringify(NEW_TASK) };
}

/**
 * Sends requests to a server as fast as it answers.
 *
 * @throws Error where a request failed, since the figures would mean nothing.
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
