/** Entry of the command line, once the dependencies are installed: see run.mjs. */
import { handleSignals } from "../lib/process/signals";
import { dispatch } from "./dispatch";

handleSignals((signal) => {
  process.stdout.write(`\nInterrupted (${signal}). Run it again: it continues where it stopped.\n`);
  process.exit(130);
});

void dispatch(process.argv.slice(2)).then((code) => {
  // Exits explicitly: after a failure, other steps may still be running. Pending output is written first.
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
});
