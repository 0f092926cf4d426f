import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { NotInstalled, runProgram } from "../protocol/run-program";

/** A docker command, and how it builds. */
export interface DockerCommand {
  /** Path of the program. */
  program: string;
  /** BuildKit inside the command, BuildKit in its buildx plugin, or the classic builder only. */
  builder: "buildkit" | "buildx" | "classic";
}

/**
 * Finds a docker command that supports BuildKit: up to version 22 it is built in, later ones need the buildx
 * plugin. A machine can have both, so this tries every folder of PATH. Without one, the first docker command
 * builds with the classic builder.
 *
 * @throws NotInstalled where there is no docker command.
 */
export async function findDockerCommand(): Promise<DockerCommand> {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/bin", "/usr/local/bin"];
  const programs = [...new Set(folders.map((folder) => join(folder, "docker")))].filter(existsSync);
  const [first] = programs;
  if (first === undefined) throw new NotInstalled("docker");
  for (const program of programs) {
    const { stdout } = await runProgram(program, ["--version"]);
    const major = Number(/version (\d+)/i.exec(stdout)?.[1] ?? NaN);
    if (major < 23) return { program, builder: "buildkit" };
    const buildx = await runProgram(program, ["buildx", "version"]);
    if (buildx.code === 0) return { program, builder: "buildx" };
  }
  return { program: first, builder: "classic" };
}
