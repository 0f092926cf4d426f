import { markSecrets } from "../protocol/mark-secrets";
import { diffProperties } from "../protocol/property-diff";
import type { Failure, Plugin, ResourceKind } from "../protocol/provider";
import { refuseOthers } from "../protocol/refusal";
import type { JsonObject, Properties } from "../protocol/values";
import { hasUnknown, revealAll, toJsonObject } from "../protocol/values";

/** One kind of random value. */
export interface Generator {
  /** Its name in messages. */
  title: string;
  /** The properties that a program may set. */
  properties: readonly string[];
  /** Values of properties that the program leaves out. */
  defaults: Properties;
  /** Returns what is wrong with inputs that are all known. */
  validate(inputs: JsonObject): Failure[];
  /** Generates a value: the id in the state and the outputs, secret where they are. */
  generate(inputs: JsonObject): { id: string; outputs: Properties };
  /** The outputs in a preview. */
  preview: Properties;
}

/** Returns the resource of a generator: its value is generated once, and any change replaces it. */
export function generatedResource(plugin: Plugin, generator: Generator): ResourceKind {
  const complete = (inputs: Properties): Properties => ({
    ...generator.defaults,
    ...Object.fromEntries(Object.entries(inputs).filter(([, value]) => value !== null)),
  });
  const stateOf = (inputs: Properties, outputs: Properties): Properties => ({
    ...markSecrets(complete(inputs), inputs),
    ...outputs,
  });
  return {
    check: ({ news }) => {
      const failures = refuseOthers(plugin, generator.title, news, generator.properties);
      if (failures.length === 0 && !hasUnknown(news)) {
        failures.push(...generator.validate(toJsonObject(complete(news))));
      }
      return { inputs: news, failures };
    },
    diff: ({ oldInputs, news }) => ({
      changes: diffProperties(complete(revealAll(oldInputs)), complete(revealAll(news)), {
        forcesReplace: () => true,
      }),
    }),
    create: ({ inputs, preview }) => {
      if (preview) return Promise.resolve({ id: "", state: stateOf(inputs, generator.preview) });
      const { id, outputs } = generator.generate(toJsonObject(complete(inputs)));
      return Promise.resolve({ id, state: stateOf(inputs, outputs) });
    },
    read: ({ id, inputs, state }) => {
      if (Object.keys(state).length === 0) {
        throw new Error(
          `${generator.title} ${id} is not in the state; this stand-in can't import one, since the value exists nowhere else`,
        );
      }
      return Promise.resolve({ id, inputs, state });
    },
    // Never called with a change: every change replaces.
    update: ({ oldState }) => Promise.resolve(oldState),
    delete: () => Promise.resolve(),
  };
}
