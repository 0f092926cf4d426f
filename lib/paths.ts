import { homedir } from "node:os";
import { join } from "node:path";

/** The folders that this project uses outside its own. */
export interface Directories {
  /** Tools, plugins, images and logs: everything that can be created again. Safe to delete. */
  cache: string;
  /** Pulumi's local state and the passphrase that encrypts its secrets. Never deleted. */
  state: string;
  /** The user's home. */
  home: string;
}

/** Returns this project's folders, by the XDG rules on every operating system. */
export function directories(env: NodeJS.ProcessEnv = process.env): Directories {
  const home = env.HOME ?? env.USERPROFILE ?? homedir();
  return {
    cache: join(nonEmpty(env.XDG_CACHE_HOME) ?? join(home, ".cache"), "todo-chatbot"),
    state: join(nonEmpty(env.XDG_STATE_HOME) ?? join(home, ".local", "state"), "todo-chatbot"),
    home,
  };
}

/** Returns a path with the user's home in place of a leading `~`, as a shell writes it. */
export function expandHome(path: string, home: string = directories().home): string {
  return path === "~" || /^~[/\\]/.test(path) ? join(home, path.slice(1)) : path;
}

/** The value of an environment variable; an empty one counts as not set. */
export function nonEmpty(value: string | undefined): string | undefined {
  return value === "" ? undefined : value;
}
