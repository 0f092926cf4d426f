import { dispatch } from "./dispatch";
import { handleSignals } from "./process/signals";

handleSignals((signal) => {
  process.stdout.write(`\nInterrupted (${signal}). Run it again: it goes on where it stopped.\n`);
  process.exit(130);
});

void dispatch(process.argv.slice(2)).then((code) => {
  process.exitCode = code;
});
