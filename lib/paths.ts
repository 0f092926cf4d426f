import { homedir } from "node:os";
import { join } from "node:path";

/** Where this project keeps things outside its own folder. */
export interface Directories {
  /** What can be made again at any time: tools, plugins. */
  cache: string;
  /** What can't: Pulumi's state and the passphrase that its secrets are encrypted with. */
  state: string;
  /** The user's home. */
  home: string;
}

/** The folders after the XDG rules, on every system. */
export function directories(env: NodeJS.ProcessEnv = process.env): Directories {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  return {
    cache: join(setTo(env.XDG_CACHE_HOME) ?? join(home, ".cache"), "todo-chatbot"),
    state: join(setTo(env.XDG_STATE_HOME) ?? join(home, ".local", "state"), "todo-chatbot"),
    home,
  };
}

/** A variable's value; one that is set to nothing counts as not set. */
export function setTo(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
