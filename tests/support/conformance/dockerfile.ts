import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../stacks";

/** One instruction of a Dockerfile, its lines joined. */
export interface Instruction {
  name: string;
  words: string;
}

/** A stage of a Dockerfile. */
export interface Stage {
  name: string;
  base: string;
  instructions: readonly Instruction[];
}

/** A Dockerfile of the application, as far as the data models speak of it. */
export class Dockerfile {
  readonly stages: readonly Stage[];
  /** Values of the arguments before the first stage. */
  readonly args: Readonly<Record<string, string>>;

  constructor(readonly component: "backend" | "frontend") {
    const text = readFileSync(join(ROOT, "docker", component, "Dockerfile"), "utf8");
    const instructions = text
      .split("\n")
      .filter((line) => !line.trimStart().startsWith("#"))
      .join("\n")
      .replaceAll(/\\\n\s*/g, "")
      .split("\n")
      .flatMap((line) => {
        const [, name, words] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
        return name === undefined || words === undefined ? [] : [{ name, words }];
      });
    const firstStage = instructions.findIndex(({ name }) => name === "FROM");
    this.args = Object.fromEntries(
      instructions.slice(0, firstStage).map(({ words }) => words.split("=") as [string, string]),
    );
    const stages: (Stage & { instructions: Instruction[] })[] = [];
    for (const instruction of instructions.slice(firstStage)) {
      const [, base, name] = /^(\S+)(?:\s+AS\s+(\S+))?$/.exec(instruction.words) ?? [];
      if (instruction.name === "FROM" && base !== undefined) {
        stages.push({ base, name: name ?? "", instructions: [] });
      } else stages.at(-1)?.instructions.push(instruction);
    }
    this.stages = stages;
  }

  /** The stage that becomes the image. */
  get last(): Stage {
    const stage = this.stages.at(-1);
    if (stage === undefined) throw new Error(`docker/${this.component}/Dockerfile has no stage`);
    return stage;
  }

  stage(name: string): Stage {
    const found = this.stages.find((stage) => stage.name === name);
    const names = this.stages.map((stage) => stage.name).join(", ");
    if (found === undefined) {
      throw new Error(`docker/${this.component}/Dockerfile has no stage ${name}, but ${names}`);
    }
    return found;
  }
}

/** The words of every instruction of a name in a stage. */
export function words(stage: Stage, name: string): string[] {
  return stage.instructions.filter((one) => one.name === name).map((one) => one.words);
}
