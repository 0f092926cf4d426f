/** Says everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly problems: readonly string[]) {
    const list = problems.map((problem) => `  - ${problem}`).join("\n");
    super(
      `${problems.length === 1 ? "An environment variable is" : "Environment variables are"} ` +
        `missing or wrong:\n${list}\nSet what is named above and start again.`,
    );
  }
}

export type Env = Readonly<Record<string, string | undefined>>;

/** Reads variables one by one and keeps what is wrong with them for one error at the end. */
export class EnvReader {
  readonly problems: string[] = [];

  constructor(private readonly env: Env) {}

  /** A variable that is set to nothing counts as missing: that is how charts leave one out. */
  text(name: string): string | undefined {
    const value = this.env[name]?.trim();
    return value === "" ? undefined : value;
  }

  oneOf<T extends string>(name: string, allowed: readonly T[], fallback: T): T {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const found = allowed.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    this.problems.push(`${name} is ${JSON.stringify(value)}; expected ${allowed.join(", ")}.`);
    return fallback;
  }

  integer(name: string, min: number, max: number, fallback: number): number {
    const value = this.text(name);
    if (value === undefined) return fallback;
    const number = /^\d{1,9}$/.test(value) ? Number(value) : Number.NaN;
    if (number >= min && number <= max) return number;
    this.problems.push(
      `${name} is ${JSON.stringify(value)}; expected a whole number from ${min} to ${max}.`,
    );
    return fallback;
  }

  /** One URL, or undefined when it is not set. */
  httpUrl(name: string): string | undefined {
    const value = this.text(name);
    if (value === undefined) return undefined;
    if (isHttpUrl(value)) return value;
    this.problems.push(`${name} is not a URL that starts with http:// or https://.`);
    return undefined;
  }

  /** URLs with commas between them; none when it is not set. */
  httpUrls(name: string): readonly string[] {
    const values = (this.text(name) ?? "").split(",").map((value) => value.trim());
    const given = values.filter((value) => value !== "");
    if (given.every(isHttpUrl)) return given;
    this.problems.push(
      `${name} is not a list of URLs that start with http:// or https://, with commas between them.`,
    );
    return [];
  }

  /** A text that signs or encrypts; no message repeats any of it. */
  secret(name: string, least: number): string {
    const value = this.text(name) ?? "";
    if (value.length >= least) return value;
    const found = value === "" ? "is missing" : `has ${value.length} characters`;
    this.problems.push(
      `${name} ${found}; expected ${least} or more random characters, as from: openssl rand -base64 36`,
    );
    return value;
  }

  /** The value holds a password, so no message repeats any of it. */
  databaseUrl(name: string): string {
    const value = this.text(name);
    const expected = "expected postgresql://USER:PASSWORD@HOST:PORT/DATABASE";
    if (value === undefined) {
      this.problems.push(`${name} is missing; ${expected}.`);
      return "";
    }
    if (!URL.canParse(value)) {
      this.problems.push(
        `${name} is not a URL (its value is not shown); ${expected}. ` +
          `Characters such as @ / : # % in the password have to be percent-encoded.`,
      );
      return "";
    }
    const url = new URL(value);
    if (!/^postgres(ql)?:$/.test(url.protocol)) {
      this.problems.push(`${name} starts with ${url.protocol}//; ${expected}.`);
    } else if (url.hostname === "" && !url.searchParams.has("host")) {
      this.problems.push(`${name} names no host; ${expected}.`);
    } else if (url.pathname.length < 2) {
      this.problems.push(`${name} names no database; ${expected}.`);
    }
    return value;
  }

  done(): void {
    if (this.problems.length > 0) throw new ConfigError(this.problems);
  }
}

function isHttpUrl(value: string): boolean {
  return URL.canParse(value) && /^https?:$/.test(new URL(value).protocol);
}
