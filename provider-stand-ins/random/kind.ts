/** What passwords and identifiers share: they are generated once, and any change makes new ones. */
import { diffProperties } from "../protocol/diff";
import type { Failure, ResourceKind } from "../protocol/provider";
import { refuseOthers } from "../protocol/refusal";
import { markSecrets } from "../protocol/secrets";
import { hasUnknown, revealAll, toJsonObject } from "../protocol/values";
import type { JsonObject, Properties } from "../protocol/values";

/** What one kind of generated value is made of. */
export interface Generator {
  /** Its name in messages. */
  title: string;
  properties: readonly string[];
  /** Values of properties that the program leaves out. */
  defaults: Properties;
  /** What is wrong with inputs that are all known. */
  validate(inputs: JsonObject): Failure[];
  /** The state's id and the generated outputs, secret where they are. */
  generate(inputs: JsonObject): { id: string; outputs: Properties };
  /** The outputs as a preview shows them. */
  preview: Properties;
}

/** The resource behind a generator. */
export function generated(
  plugin: { name: string; version: string },
  generator: Generator,
): ResourceKind {
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
    // Every change replaces, so nothing is left to update in place.
    update: ({ oldState }) => Promise.resolve(oldState),
    delete: () => Promise.resolve(),
  };
}
