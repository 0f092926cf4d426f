import { randomInt } from "node:crypto";
import type { Failure } from "../protocol/provider";
import type { JsonObject } from "../protocol/values";
import { Secret, UNKNOWN } from "../protocol/values";
import type { Generator } from "./generated-resource";

const SPECIAL_CHARACTERS = "!@#$%&*()-_=+[]{}<>:?";

/** A class of characters: whether it is used, how many characters of it are required, and which it has. */
interface CharacterClass {
  on: boolean;
  min: number;
  characters: string;
}

function characterClasses(inputs: JsonObject): CharacterClass[] {
  const special = inputs.overrideSpecial;
  const characters = {
    Special: typeof special === "string" && special !== "" ? special : SPECIAL_CHARACTERS,
    Numeric: "0123456789",
    Lower: "abcdefghijklmnopqrstuvwxyz",
    Upper: "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
  };
  return Object.entries(characters).map(([name, set]) => ({
    on: inputs[name.toLowerCase()] !== false,
    min: Number(inputs[`min${name}`] ?? 0),
    characters: set,
  }));
}

/** Generates a password of the length and classes in the inputs, from the system's secure random numbers. */
export function generatePassword(inputs: JsonObject): string {
  const pick = (characters: string): string => characters.charAt(randomInt(characters.length));
  const classes = characterClasses(inputs);
  const length = Number(inputs.length);
  const drawn = classes.flatMap(({ min, characters }) =>
    Array.from({ length: min }, () => pick(characters)),
  );
  const all = classes.map(({ on, characters }) => (on ? characters : "")).join("");
  while (drawn.length < length) drawn.push(pick(all));
  // The required characters come first: a Fisher-Yates shuffle gives them random places.
  for (let last = drawn.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [drawn[last], drawn[other]] = [drawn[other] ?? "", drawn[last] ?? ""];
  }
  return drawn.join("");
}

/** The generator of `random.RandomPassword`. */
export const randomPassword: Generator = {
  title: "RandomPassword",
  properties: [
    "length",
    "special",
    "upper",
    "lower",
    "numeric",
    "minSpecial",
    "minUpper",
    "minLower",
    "minNumeric",
    "overrideSpecial",
    "keepers",
  ],
  defaults: {
    special: true,
    upper: true,
    lower: true,
    numeric: true,
    minSpecial: 0,
    minUpper: 0,
    minLower: 0,
    minNumeric: 0,
  },
  validate(inputs) {
    const failures: Failure[] = [];
    const { length } = inputs;
    if (typeof length !== "number" || !Number.isInteger(length) || length < 1) {
      const reason = `found ${JSON.stringify(length ?? null)}, expected a whole number of characters, at least 1`;
      return [{ property: "length", reason }];
    }
    const classes = characterClasses(inputs);
    const required = classes.reduce((sum, { min }) => sum + min, 0);
    if (required > length) {
      const reason = `found ${length}, but the minimums of the character classes add up to ${required}`;
      failures.push({ property: "length", reason });
    }
    if (!classes.some(({ on }) => on)) {
      const reason =
        "found special, upper, lower and numeric all switched off: leave at least one on";
      failures.push({ reason });
    }
    return failures;
  },
  // The official plugin's id for every password.
  generate: (inputs) => ({
    id: "none",
    outputs: { result: new Secret(generatePassword(inputs)) },
  }),
  preview: { result: new Secret(UNKNOWN) },
};
