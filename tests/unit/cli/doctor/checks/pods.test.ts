import assert from "node:assert/strict";
import { podFindings } from "../../../../../cli/doctor/checks/pods";
import type { Finding } from "../../../../../cli/doctor/finding";
import type { Pod } from "../../../../../cli/doctor/pod";
import { pod, ready } from "../../../../support/pods";
import { target } from "../../../../support/target";

const now = new Date("2026-01-01T00:10:00Z");

const waiting = (reason: string, message?: string, lastState?: object): Pod["status"] => ({
  phase: "Pending",
  containerStatuses: [
    { name: "backend", state: { waiting: { reason, message } }, ...(lastState && { lastState }) },
  ],
});

describe("doctor: pods", () => {
  const only = (status: Pod["status"], created?: string): Finding | undefined =>
    podFindings([pod(status, created)], target, now)[0];

  it("are fine where they are ready or have ended well", () => {
    assert.deepEqual(podFindings([pod(ready), pod({ phase: "Succeeded" })], target, now), []);
  });
  it("say why their image can't be pulled", () => {
    const finding = only(waiting("ImagePullBackOff", 'Back-off pulling image "x:1"'));
    assert.equal(finding?.state, "fix");
    assert.match(
      finding.found,
      /todo-app\/todo-backend-1: ImagePullBackOff: Back-off pulling image "x:1"/,
    );
    assert.match(finding.hint ?? "", /--refresh/);
  });
  it("say why no node takes them", () => {
    const finding = only({
      phase: "Pending",
      conditions: [
        {
          type: "PodScheduled",
          status: "False",
          reason: "Unschedulable",
          message: "1 Insufficient cpu.",
        },
      ],
    });
    assert.match(finding?.found ?? "", /Unschedulable: 1 Insufficient cpu/);
    assert.match(finding?.hint ?? "", /larger node/);
  });
  it("say how they ended before the pause", () => {
    const finding = only(
      waiting("CrashLoopBackOff", "back-off 40s", {
        terminated: { reason: "Error", exitCode: 1, message: "no database\n" },
      }),
    );
    assert.match(
      finding?.found ?? "",
      /CrashLoopBackOff: back-off 40s; before: Error, exit code 1, no database/,
    );
    assert.match(finding?.hint ?? "", /kubectl --context minikube -n todo-app logs todo-backend-1/);
  });
  it("say that they ran out of memory", () => {
    const finding = only(
      waiting("CrashLoopBackOff", "", { terminated: { reason: "OOMKilled", exitCode: 137 } }),
    );
    assert.match(finding?.hint ?? "", /limits\.memory/);
  });
  it("count as starting at first, and as failing later", () => {
    const starting = { phase: "Running", containerStatuses: [{ name: "backend", ready: false }] };
    assert.equal(only(starting, "2026-01-01T00:09:30Z")?.state, "note");
    assert.equal(only(starting, "2026-01-01T00:05:00Z")?.state, "fix");
    assert.match(only(starting, "2026-01-01T00:05:00Z")?.found ?? "", /no container has started/);
  });
  it("count as starting again after they were ready", () => {
    const unready = (lastTransitionTime: string): Pod["status"] => ({
      phase: "Running",
      conditions: [{ type: "Ready", status: "False", lastTransitionTime }],
      containerStatuses: [{ name: "backend", ready: false, state: { running: {} } }],
    });
    const old = "2026-01-01T00:00:00Z";
    assert.equal(only(unready("2026-01-01T00:09:30Z"), old)?.state, "note");
    const failing = only(unready("2026-01-01T00:07:00Z"), old);
    assert.match(failing?.found ?? "", /not ready for 180 s: its readiness probe fails/);
  });
});
