import packageJson from "../../package.json" with { type: "json" };

/** What the server is told from outside, read when it starts and not when it is built. */
export interface Settings {
  /** Where the API is. */
  readonly backendUrl: URL;
  /** How long the API may take to begin its answer, in milliseconds. */
  readonly backendTimeoutMs: number;
  /** How long answers say `Connection: close` before the server stops listening. */
  readonly drainSeconds: number;
  /** How long requests that are still running may take after that. */
  readonly closeSeconds: number;
  /** What health answers. */
  readonly version: string;
}

/** Says everything that is wrong with the environment, at once. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";

  constructor(readonly problems: readonly string[]) {
    super(
      `Environment variables are missing or wrong:\n` +
        problems.map((problem) => `  - ${problem}`).join("\n") +
        `\nSet what is named above and start again.`,
    );
  }
}

type Env = Readonly<Record<string, string | undefined>>;

/** Reads the settings. Throws a SettingsError that names every bad variable. */
export function readSettings(env: Env): Settings {
  const problems: string[] = [];

  const integer = (name: string, min: number, max: number, fallback: number): number => {
    const value = env[name]?.trim() ?? "";
    if (value === "") return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    const found = JSON.stringify(value);
    problems.push(`${name} is ${found}; expected a whole number from ${min} to ${max}.`);
    return fallback;
  };

  const expected = "expected the API's address, such as http://todo-backend:7860";
  const address = env.BACKEND_URL?.trim() ?? "";
  let backendUrl = new URL("http://unset.invalid");
  if (address === "") {
    problems.push(`BACKEND_URL is missing; ${expected}.`);
  } else if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
    problems.push(`BACKEND_URL is ${JSON.stringify(address)}; ${expected}.`);
  } else {
    backendUrl = new URL(address);
  }

  const version = env.VERSION?.trim();
  const settings: Settings = {
    backendUrl,
    backendTimeoutMs: integer("BACKEND_TIMEOUT_MS", 100, 300_000, 10_000),
    drainSeconds: integer("DRAIN_SECONDS", 0, 300, 5),
    closeSeconds: integer("CLOSE_SECONDS", 1, 300, 10),
    version: version === undefined || version === "" ? packageJson.version : version,
  };
  if (problems.length > 0) throw new SettingsError(problems);
  return settings;
}
