import { parseArgs } from "node:util";
import { UserError } from "../lib/errors";

/** The arguments of a command. */
export interface Arguments {
  /** Value of `--stack prod`, `--stack=prod` or `-s prod`. @default dev */
  stack: string;
  /** Whether `--stack` was given. */
  stackGiven: boolean;
  help: boolean;
  /** All other arguments in their order: flags for Pulumi. */
  rest: string[];
}

const options = {
  stack: { type: "string", short: "s" },
  help: { type: "boolean", short: "h" },
} as const;

/**
 * Takes `--stack` and `--help` out of a command's arguments, and leaves the others as they are.
 *
 * @throws UserError where `--stack` has no value.
 */
export function parseArguments(argv: readonly string[]): Arguments {
  // Pulumi's flags are unknown here, so parsing is not strict; the tokens tell what belongs to --stack.
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const parsed: Arguments = { stack: "dev", stackGiven: false, help: false, rest: [] };
  const taken = new Set<number>();
  for (const token of tokens) {
    // A group such as Pulumi's -yh or -csecret=x is left alone, as are other spellings.
    if (token.kind !== "option" || !isOurs(argv[token.index] ?? "")) continue;
    taken.add(token.index);
    if (token.name === "help") {
      parsed.help = true;
      continue;
    }
    // parseArgs leaves the equals sign of `-s=prod` in the value.
    const name = token.rawName === "-s" ? token.value?.replace(/^=/, "") : token.value;
    if (name === undefined || name === "") {
      throw new UserError(`${token.rawName} needs the name of a stack.`, "Name one: --stack prod");
    }
    if (!token.inlineValue) taken.add(token.index + 1);
    parsed.stack = name;
    parsed.stackGiven = true;
  }
  parsed.rest = argv.filter((_, index) => !taken.has(index));
  return parsed;
}

/** Whether an argument is `--stack` or `--help` in one of their forms, as a whole. */
function isOurs(argument: string): boolean {
  return /^(--stack|-s)(=.*)?$|^(--help|-h)$/.test(argument);
}

/**
 * Refuses arguments that a command doesn't know.
 *
 * @throws UserError that names them.
 */
export function refuseFurther(command: string, rest: readonly string[]): void {
  if (rest.length === 0) return;
  throw new UserError(
    `${command} doesn't know ${rest.map((argument) => `"${argument}"`).join(", ")}.`,
    `\`npm run ${command} -- --help\` lists its arguments.`,
  );
}
