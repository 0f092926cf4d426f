import type { Pod } from "../../cli/doctor/pod";

/** A pod of the backend with a status. */
export function pod(
  status: Pod["status"],
  created = "2026-01-01T00:00:00Z",
  name = "todo-backend-1",
): Pod {
  return {
    metadata: { name, namespace: "todo-app", creationTimestamp: created },
    spec: {
      containers: [{ name: "backend", resources: { requests: { cpu: "250m", memory: "512Mi" } } }],
    },
    status,
  };
}

/** The status of a pod that is ready. */
export const ready: Pod["status"] = {
  phase: "Running",
  conditions: [{ type: "Ready", status: "True" }],
};
