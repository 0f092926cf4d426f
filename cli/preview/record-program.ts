import * as pulumi from "@pulumi/pulumi";
import * as internalState from "@pulumi/pulumi/runtime/state";
import { messageOf } from "../../lib/errors";
import { Resources } from "./recorded-resources";
import { Registered, type RegisterRequest } from "./registered-resource";

/** Returns a provider's answer to a registration: the resource's id and its state. */
export type Answer = (
  args: pulumi.runtime.MockResourceArgs,
  preview: boolean,
) => { id: string; state: Record<string, unknown> };

/** Returns a provider's answer to a call of one of its functions. */
export type Call = (args: pulumi.runtime.MockCallArgs) => Promise<Record<string, unknown>>;

/** The run that the SDK tells the program it is part of. */
export interface Run {
  /** Answers registrations in place of the providers. */
  answer: Answer;
  /** Answers calls in place of the providers. */
  call: Call;
  /** Configuration by key, the project's without its prefix, in the form in which Pulumi passes it. */
  config: Readonly<Record<string, string>>;
  /** Keys of the configuration that are encrypted in the stack's file. */
  secretKeys: readonly string[];
  project: string;
  stack: string;
  preview: boolean;
}

/** What a program returned, and the resources that it registered, in order. */
export interface Recorded<T> {
  value: T;
  resources: Resources;
}

type Callback = (error: Error | null, response?: unknown) => void;

/** The part of the SDK's connection to the engine through which every registration goes. */
interface Monitor {
  registerResource(request: RegisterRequest, callback: Callback): void;
  readResource(request: RegisterRequest, callback: Callback): void;
  registerResourceOutputs(
    request: { getUrn(): string; getOutputs(): { toJavaScript(): Record<string, unknown> } },
    callback: Callback,
  ): void;
}

// Exported, but left out of the SDK's declarations.
const runtime = pulumi.runtime as unknown as {
  getMonitor(): Monitor;
  waitForRPCs(): Promise<void>;
  setAllConfig(config: Record<string, string>, secretKeys?: string[]): void;
};

/** The root of a program's resources, as far as the SDK asks it for anything. */
interface StackResource {
  /** Empty: the recorded resources have no parent that is none of them. */
  urn: pulumi.Output<string>;
  __transformations: pulumi.ResourceTransformation[];
  getProvider: () => undefined;
}

const state = internalState as unknown as {
  setStackResource(stack: StackResource): void;
};

/**
 * Runs a program without an engine, waits until everything that it started has ended, and records the
 * requests that the SDK sends: what Pulumi's engine would get.
 *
 * @throws FailedProgram where the program throws, or something that it started fails.
 */
export async function record<T>(program: () => T | Promise<T>, run: Run): Promise<Recorded<T>> {
  const { answer, call, config, secretKeys, project, stack, preview } = run;
  const resources = new Resources();
  await pulumi.runtime.setMocks(
    { newResource: (args) => answer(args, preview), call },
    project,
    stack,
    preview,
  );
  const fullKey = (key: string) => (key.includes(":") ? key : `${project}:${key}`);
  runtime.setAllConfig(
    Object.fromEntries(Object.entries(config).map(([key, value]) => [fullKey(key), value])),
    secretKeys.map(fullKey),
  );
  // What the language host does before a program's first line. The SDK's own stack would be a resource.
  state.setStackResource({
    urn: pulumi.output(""),
    __transformations: [],
    getProvider: () => undefined,
  });
  listen(runtime.getMonitor(), resources);
  // A failure after the program's last line ends it under Pulumi too.
  const failures: unknown[] = [];
  const note = (error: unknown) => failures.push(error);
  process.on("unhandledRejection", note);
  try {
    const value = await program();
    await settled(resources);
    if (failures.length > 0) throw failures[0] as Error;
    return { value, resources };
  } catch (error) {
    throw new FailedProgram(error, resources);
  } finally {
    process.off("unhandledRejection", note);
  }
}

/** A program that threw, with the resources that it had registered by then. */
export class FailedProgram extends Error {
  constructor(
    override readonly cause: unknown,
    readonly resources: Resources,
  ) {
    super(messageOf(cause), { cause });
  }
}

function listen(monitor: Monitor, resources: Resources): void {
  const register = monitor.registerResource.bind(monitor);
  const read = monitor.readResource.bind(monitor);
  const registerOutputs = monitor.registerResourceOutputs.bind(monitor);
  const follow =
    (send: Monitor["registerResource"], isRead: boolean): Monitor["registerResource"] =>
    (request, callback) => {
      const registered = new Registered(request, isRead);
      resources.all.push(registered);
      send(request, (error, response) => {
        if (error === null) registered.urn = (response as { getUrn(): string }).getUrn();
        callback(error, response);
      });
    };
  monitor.registerResource = follow(register, false);
  monitor.readResource = follow(read, true);
  monitor.registerResourceOutputs = (request, callback) => {
    const component = resources.all.find(({ urn }) => urn === request.getUrn());
    if (component) component.outputs = request.getOutputs().toJavaScript();
    registerOutputs(request, callback);
  };
}

/** Waits until no request is pending and none follows from the last answers. */
async function settled(resources: Resources): Promise<void> {
  for (let quiet = 0, before = -1; quiet < 3;) {
    await runtime.waitForRPCs();
    await new Promise((resolve) => setImmediate(resolve));
    quiet = resources.all.length === before ? quiet + 1 : 0;
    before = resources.all.length;
  }
}
