import { dispatch } from "./dispatch";
import { handleSignals } from "../lib/process/signals";

handleSignals((signal) => {
  process.stdout.write(`\nInterrupted (${signal}). Run it again: it goes on where it stopped.\n`);
  process.exit(130);
});

void dispatch(process.argv.slice(2)).then((code) => {
  // What a failure has left running beside it must not go on: the end of this process ends it. What has
  // been said goes out first.
  process.stdout.write("", () => process.stderr.write("", () => process.exit(code)));
});
