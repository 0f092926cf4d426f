import * as pulumi from "@pulumi/pulumi";
import { check, inLines } from "./check";
import { SECRET, UNKNOWN, type PolicyContext, type PolicyResource } from "./policy";

/**
 * A transformation that holds resources against the policies before they are handed to Pulumi: at previews
 * and updates alike, however they are started. The first resource that breaks one ends the run, and tells
 * all that it breaks.
 */
export function policyCheck(settings: PolicyContext["settings"]): pulumi.ResourceTransformation {
  const resources: PolicyResource[] = [];
  return ({ resource, type, name, props, opts }) => {
    // What is only read was made, and checked, by somebody else: the chart.
    if (!type.startsWith("kubernetes:") || opts.id !== undefined) return undefined;
    const checked = masked(props).then((inputs) => {
      const seen = { type, name, inputs };
      resources.push(seen);
      const violations = check(seen, { settings, resources });
      if (violations.length === 0) return true;
      const count = violations.length === 1 ? "A policy is" : `${violations.length} policies are`;
      throw new pulumi.ResourceError(
        `${count} broken:\n  ${inLines(violations).join("\n  ")}`,
        resource,
        true,
      );
    });
    return { props: behind(checked, props), opts };
  };
}

/** The inputs, each known only once the check has passed: a resource that fails it is never made. */
function behind(checked: Promise<boolean>, props: pulumi.Inputs): pulumi.Inputs {
  const entries: [string, unknown][] = Object.entries(props);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, pulumi.output(checked).apply(() => value)]),
  );
}

/** The SDK's outputs, with the parts that its declarations leave out. */
interface OpenOutput {
  promise(withUnknowns?: boolean): Promise<unknown>;
  isKnown: Promise<boolean>;
  isSecret: Promise<boolean>;
}

/** Inputs as JSON: what is secret or unknown by its sign alone. */
async function masked(value: unknown): Promise<unknown> {
  const inner = await (value as Promise<unknown>);
  if (pulumi.Output.isInstance(inner)) {
    const output = inner as unknown as OpenOutput;
    if (await output.isSecret) return SECRET;
    return (await output.isKnown) ? masked(await output.promise()) : UNKNOWN;
  }
  if (Array.isArray(inner)) return Promise.all(inner.map(masked));
  if (typeof inner !== "object" || inner === null) return inner;
  const entries = Object.entries(inner).map(
    async ([key, part]) => [key, await masked(part)] as const,
  );
  return Object.fromEntries((await Promise.all(entries)).filter(([, part]) => part !== undefined));
}
