import * as pulumi from "@pulumi/pulumi";
import type { KubernetesObject } from "../components/release/ownership";
import { check, inLines } from "./check";
import { policyResource, SECRET, UNKNOWN, type PolicyContext, type PolicyResource } from "./policy";

/**
 * Holds what the program makes against the policies before it is handed on: at previews and updates alike,
 * however they are started. Nothing is made of what breaks one, nor of what waits for it; Pulumi ends the
 * run with the error of each.
 */
export class Enforcement {
  private readonly resources: PolicyResource[] = [];

  constructor(private readonly settings: PolicyContext["settings"]) {}

  /** Watches every resource of a component that has this in its `transformations`. */
  readonly watch: pulumi.ResourceTransformation = ({ resource, type, name, props, opts }) => {
    // What is only read was made, and checked, by somebody else: the chart.
    if (!type.startsWith("kubernetes:") || opts.id !== undefined) return undefined;
    const checked = masked(props).then((inputs) => {
      const broken = this.check([{ type, name, inputs }]);
      if (broken !== undefined) throw new pulumi.ResourceError(broken, resource, true);
      return true;
    });
    return { props: behind(checked, props), opts };
  };

  /**
   * Looks at the objects that the Helm release makes: as resources Pulumi knows none of them.
   *
   * @throws RunError that names every policy that they break.
   */
  readonly checkRelease = (objects: readonly KubernetesObject[]): void => {
    const broken = this.check(objects.map(policyResource));
    if (broken !== undefined) throw new pulumi.RunError(`In the Helm release: ${broken}`);
  };

  /** What some resources break, in words; undefined where nothing. */
  private check(resources: readonly PolicyResource[]): string | undefined {
    this.resources.push(...resources);
    const context = { settings: this.settings, resources: this.resources };
    const violations = resources.flatMap((resource) => check(resource, context));
    if (violations.length === 0) return undefined;
    const count = violations.length === 1 ? "a policy is" : `${violations.length} policies are`;
    return `${count} broken:\n  ${inLines(violations).join("\n  ")}`;
  }
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
