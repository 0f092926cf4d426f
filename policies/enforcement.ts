import * as pulumi from "@pulumi/pulumi";
import type { KubernetesObject } from "../lib/kubernetes/objects";
import { isObject } from "../lib/pulumi/values";
import { crowded } from "./capacity";
import { check, inLines } from "./check";
import { type PolicyContext, type PolicyResource, policyResource, SECRET, UNKNOWN } from "./policy";

/**
 * Enforces the policies in the program, at previews and updates alike and however these are started. A
 * resource that violates one is never registered, nor is what depends on it; Pulumi ends the run with an
 * error for each.
 */
export class Enforcement {
  readonly #resources: PolicyResource[] = [];
  readonly #settings: PolicyContext["settings"];

  readonly #room: PolicyContext["room"];

  readonly #warn: (message: string) => void;

  /** Whether it has warned of the pods of other namespaces. */
  #warned = false;

  /**
   * @param room what the pods may request; undefined: it isn't known, or doesn't matter.
   * @param warn called with what is worth knowing and no violation. @default Pulumi shows it
   */
  constructor(
    settings: PolicyContext["settings"],
    room?: PolicyContext["room"],
    warn: (message: string) => void = (message) => void pulumi.log.warn(message),
  ) {
    this.#settings = settings;
    this.#room = room;
    this.#warn = warn;
  }

  /**
   * Checks every resource of a stack or component with this among its transformations. (A transform would
   * not run in a plan, which has no engine, and doesn't know the resource that an error belongs to.)
   */
  readonly watch: pulumi.ResourceTransformation = ({ resource, type, name, props, opts }) => {
    // What is only read belongs to the chart: its objects are checked by checkRelease.
    if (!/^(kubernetes|docker|docker-build):/.test(type) || isRead(opts)) return undefined;
    const checked = masked(props).then((inputs) => {
      const violations = this.#check([{ type, name, inputs }]);
      if (violations !== undefined) throw new pulumi.ResourceError(violations, resource, true);
      return true;
    });
    return { props: behind(checked, props), opts };
  };

  /**
   * Checks the objects of the Helm release, none of which is a resource of Pulumi.
   *
   * @throws RunError that names every policy that they violate.
   */
  readonly checkRelease = (objects: readonly KubernetesObject[]): void => {
    const violations = this.#check(objects.map(policyResource));
    if (violations !== undefined) throw new pulumi.RunError(`In the Helm release: ${violations}`);
  };

  /** Returns the violations of some resources as text; undefined where there are none. */
  #check(resources: readonly PolicyResource[]): string | undefined {
    this.#resources.push(...resources);
    const context = { settings: this.#settings, room: this.#room, resources: this.#resources };
    const violations = resources.flatMap((resource) => check(resource, context));
    this.#warnOf(crowded(context));
    if (violations.length === 0) return undefined;
    const count = violations.length === 1 ? "a policy is" : `${violations.length} policies are`;
    return `${count} broken:\n  ${inLines(violations).join("\n  ")}`;
  }

  /** Warns once: each further resource would only say it again. */
  #warnOf(problems: readonly string[]): void {
    if (this.#warned || problems.length === 0) return;
    this.#warned = true;
    this.#warn(`Some pods may stay Pending: ${problems.join("; ")}.`);
  }
}

function isRead(opts: pulumi.ResourceOptions): boolean {
  return (opts as pulumi.CustomResourceOptions).id !== undefined;
}

/** Makes each input wait for the check: a resource that fails it is never registered. */
function behind(checked: Promise<boolean>, props: pulumi.Inputs): pulumi.Inputs {
  const entries: [string, unknown][] = Object.entries(props);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, pulumi.output(checked).apply(() => value)]),
  );
}

/** The SDK's outputs, with members that are missing in its declarations. */
interface OpenOutput {
  promise(withUnknowns?: boolean): Promise<unknown>;
  isKnown: Promise<boolean>;
  isSecret: Promise<boolean>;
}

/** Returns inputs as JSON, with markers in place of secrets and unknown values. */
async function masked(value: unknown): Promise<unknown> {
  const inner = await (value as Promise<unknown>);
  if (pulumi.Output.isInstance(inner)) {
    const output = inner as unknown as OpenOutput;
    if (await output.isSecret) return SECRET;
    return (await output.isKnown) ? masked(await output.promise()) : UNKNOWN;
  }
  if (Array.isArray(inner)) return Promise.all(inner.map(masked));
  if (!isObject(inner)) return inner;
  const entries = Object.entries(inner).map(
    async ([key, part]) => [key, await masked(part)] as const,
  );
  return Object.fromEntries((await Promise.all(entries)).filter(([, part]) => part !== undefined));
}
