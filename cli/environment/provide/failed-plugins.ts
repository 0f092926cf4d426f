import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeWhole } from "../../../lib/files/write-whole";
import { isObject } from "../../../lib/pulumi/values";

/** How long a failed installation keeps the next `up` from another try, in milliseconds. */
const REMEMBERED_MS = 24 * 60 * 60 * 1000;

/** The official plugins that couldn't be installed within the last day, in a file of the cache folder. */
export class FailedPlugins {
  /** The file. Without it, every plugin is tried again. */
  readonly file: string;

  constructor(cache: string) {
    this.file = join(cache, "failed-plugins.json");
  }

  /** Whether a plugin's installation failed within the last day. */
  has(name: string, version: string, now = Date.now()): boolean {
    return `${name} ${version}` in this.#recent(now);
  }

  /** Remembers a failed installation. */
  add(name: string, version: string, now = Date.now()): void {
    const failed = { ...this.#recent(now), [`${name} ${version}`]: new Date(now).toISOString() };
    mkdirSync(dirname(this.file), { recursive: true });
    writeWhole(this.file, `${JSON.stringify(failed, undefined, 2)}\n`);
  }

  /** Times by name and version. A file that can't be parsed counts as none: it only saves time. */
  #recent(now: number): Record<string, unknown> {
    const all = existsSync(this.file) ? parsed(readFileSync(this.file, "utf8")) : {};
    return Object.fromEntries(
      Object.entries(all).filter(([, time]) => {
        const age = now - Date.parse(String(time));
        // A clock that was set back doesn't hold a plugin off for longer.
        return age >= 0 && age < REMEMBERED_MS;
      }),
    );
  }
}

function parsed(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}
