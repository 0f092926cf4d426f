import { CLOSE_SECONDS, DRAIN_SECONDS, EXIT_SECONDS, refusedBy } from "../applications";
import { isOwnApplication } from "../own-application";
import type { WebServiceSettings } from "../sections/web-service";
import type { Problem } from "./problem";

/** Checks that a pod has the time to end: pause, drain and close fit into the grace period. */
export function gracePeriod(
  component: "backend" | "frontend",
  service: WebServiceSettings,
  data: Readonly<Record<string, string>>,
): Problem[] {
  const { preStopSeconds: pause, terminationGracePeriodSeconds: grace } = service;
  const problem = (least: number, why: string): Problem[] =>
    grace >= least
      ? []
      : [
          {
            key: `${component}.terminationGracePeriodSeconds`,
            found: String(grace),
            expected: `at least ${least}: ${why}`,
          },
        ];
  if (!isOwnApplication(component, service)) {
    return problem(pause + 1, `preStopSeconds ${pause}, and the time to end after that`);
  }
  const seconds = (name: string, byDefault: number) => {
    const value = (service.env[name] ?? data[name] ?? "").trim();
    // A wrong value is another rule's problem.
    return value === "" || refusedBy(component, name, value) !== undefined
      ? byDefault
      : Number(value);
  };
  const drain = seconds("DRAIN_SECONDS", DRAIN_SECONDS);
  const close = seconds("CLOSE_SECONDS", CLOSE_SECONDS);
  return problem(
    pause + drain + close + EXIT_SECONDS,
    `preStopSeconds ${pause}, DRAIN_SECONDS ${drain} and CLOSE_SECONDS ${close} of ${component}.env, and ${EXIT_SECONDS} to exit`,
  );
}
