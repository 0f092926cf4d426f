import assert from "node:assert/strict";
import { outputIsSecret, valueOf } from "../../cli/preview/registered-resource";
import type { Deployed } from "./deploy";
import { fakeSecrets } from "./fixtures";
import { deployProgram, stackConfig } from "./stacks";

/** How the program is run: which stack, who owns the workloads, whether it is a preview. */
export interface Scenario {
  stack: "dev" | "prod";
  workloads?: "pulumi" | "chart";
  preview?: boolean;
  /** Further settings. */
  over?: Readonly<Record<string, unknown>>;
  /** What a user adds at the end of the program. */
  more?: () => void;
}

/** Every combination that a user meets. */
export const scenarios: readonly Required<Omit<Scenario, "over" | "more">>[] = (
  ["dev", "prod"] as const
).flatMap((stack) =>
  (["pulumi", "chart"] as const).flatMap((workloads) =>
    [false, true].map((preview) => ({ stack, workloads, preview })),
  ),
);

/** A scenario in words. */
export function title({ stack, workloads, preview }: Scenario): string {
  return `${stack}, workloads: ${workloads ?? "pulumi"}${preview ? ", at a preview" : ""}`;
}

/** Runs index.ts; production has the secrets that it asks for. */
export function run({
  stack,
  workloads = "pulumi",
  preview = false,
  over = {},
  more,
}: Scenario): Promise<Deployed<Record<string, unknown>>> {
  const secrets = stack === "prod" ? fakeSecrets : {};
  const config = stackConfig(stack, { workloads, ...secrets, ...over });
  const secretKeys = Object.keys(fakeSecrets);
  return deployProgram({ stack, preview, config, secretKeys }, more);
}

/** A program's outputs, in plain; undefined what a preview doesn't know. Fails where one is hidden. */
export async function outputsOf(
  program: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  const entries = Object.entries(program).map(async ([key, output]) => {
    assert.equal(await outputIsSecret(output), false, `${key} would be hidden`);
    return [key, await valueOf(output)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}
