/** Entry of the command line, once the dependencies are installed: see run.mjs. */
import { handleSignals } from "../lib/process/signals";
import { dispatch } from "./dispatch";
import { corrections } from "./environment/variables";

handleSignals((signal) => {
  process.stdout.write(`\nInterrupted (${signal}). Run it again: it continues where it stopped.\n`);
  process.exit(130);
});

const shell = { ...process.env };
for (const [name, value] of Object.entries(corrections(shell))) {
  if (value === undefined) Reflect.deleteProperty(process.env, name);
  else process.env[name] = value;
}

void dispatch(process.argv.slice(2), process.stdout, process.stderr, shell).then((code) => {
  // Exits explicitly: after a failure, other steps may still be running. Pending output is written first.
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
});
