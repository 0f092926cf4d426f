import type { Settings } from "../schema";
import { secretEnvNames } from "../sections/secrets";
import type { Problem } from "./problem";

/** Checks that no two variables have one key in the Secret. */
export function secretKeyNames({ secrets: { keys } }: Pick<Settings, "secrets">): Problem[] {
  return secretEnvNames.flatMap((name, index) => {
    const first = secretEnvNames.slice(0, index).find((other) => keys[other] === keys[name]);
    return first === undefined
      ? []
      : [
          {
            key: `secrets.keys.${name}`,
            found: JSON.stringify(keys[name]),
            expected: `another key than secrets.keys.${first}`,
          },
        ];
  });
}
