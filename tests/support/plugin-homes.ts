import { join } from "node:path";
import type { LocatedTools } from "../../cli/environment/detect/locate-tool";
import { findPlugins, type Plugins } from "../../cli/environment/detect/plugins";
import { isStandIn } from "../../offline/plugins";
import { Folder } from "./folder";

/** Versions that no real PULUMI_HOME has. */
const VERSION = "0.0.1";

/** A project, a PULUMI_HOME of the user and this project's, with plugins in them. */
export class PluginHomes extends Folder {
  readonly cache = this.file("cache");
  readonly ours = this.file("cache/pulumi");
  readonly theirs = this.file("home");
  /** A shell in which the user has set PULUMI_HOME. */
  readonly env = { PATH: "/usr/bin:/bin", PULUMI_HOME: this.theirs };

  constructor() {
    super();
    for (const name of ["kubernetes", "docker", "random"]) {
      this.write(`node_modules/@pulumi/${name}/package.json`, JSON.stringify({ version: VERSION }));
    }
  }

  /** The folder of a plugin. */
  folderOf(home: string, name: string): string {
    return join(home, "plugins", `resource-${name}-v${VERSION}`);
  }

  /** Adds official plugins. */
  addOfficial(home: string, ...names: string[]): void {
    for (const name of names) this.#add(home, name, "\x7fELF official");
  }

  /** Adds stand-ins. */
  addStandIns(home: string, ...names: string[]): void {
    for (const name of names)
      this.#add(home, name, "#!/bin/sh\n# todo-chatbot offline: stand-in plugin\n");
  }

  /** Finds the plugins, by default as a user with an own CLI. */
  find(env: NodeJS.ProcessEnv = this.env, origin: "user" | "offline" = "user"): Plugins {
    const tools: LocatedTools = { pulumi: { file: "/bin/pulumi", origin } };
    return findPlugins(this.path, env, { cache: this.cache }, tools, isStandIn);
  }

  #add(home: string, name: string, content: string): void {
    const file = join(this.folderOf(home, name), `pulumi-resource-${name}`);
    this.write(file.slice(this.path.length + 1), content, 0o755);
  }
}
