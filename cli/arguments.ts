import { UserError } from "../lib/errors";

/** What a command was called with. */
export interface Arguments {
  /** The stack: `--stack prod`, `--stack=prod` or `-s prod`; default dev. */
  stack: string;
  /** True where `--stack` was given. */
  stackGiven: boolean;
  help: boolean;
  /** Everything else, in order: flags for pulumi. */
  rest: string[];
}

/** Takes the stack and `--help` out of a command's arguments; the rest stays as it is. */
export function parseArguments(argv: readonly string[]): Arguments {
  const parsed: Arguments = { stack: "dev", stackGiven: false, help: false, rest: [] };
  for (let index = 0; index < argv.length; index++) {
    const argument = argv[index] ?? "";
    const joined = /^(?:--stack|-s)=(.+)$/.exec(argument);
    if (argument === "--help" || argument === "-h") {
      parsed.help = true;
    } else if (joined?.[1] !== undefined) {
      parsed.stack = joined[1];
      parsed.stackGiven = true;
    } else if (argument === "--stack" || argument === "-s") {
      const value = argv[++index];
      if (value === undefined) {
        throw new UserError(`${argument} has no stack behind it.`, "Name one: --stack prod");
      }
      parsed.stack = value;
      parsed.stackGiven = true;
    } else {
      parsed.rest.push(argument);
    }
  }
  return parsed;
}

/** Refuses arguments that a command doesn't know. */
export function refuseFurther(command: string, rest: readonly string[]): void {
  if (rest.length === 0) return;
  throw new UserError(
    `${command} doesn't know ${rest.map((argument) => `"${argument}"`).join(", ")}.`,
    `\`npm run ${command} -- --help\` says what it takes.`,
  );
}
