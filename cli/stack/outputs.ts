import type { Environment } from "../environment/environment";
import { ask } from "./run-pulumi";

/** The ways to what is deployed, out of the stack's outputs. */
export interface Links {
  /** URL at which the frontend answers from this machine. */
  frontend: string | undefined;
  /** The backend's, where the settings give it one. */
  backend: string | undefined;
  /** A command for machines where a NodePort can't be reached. */
  access: string | undefined;
}

/** A stack's outputs; secret ones are masked. */
export async function readOutputs(machine: Environment): Promise<Record<string, unknown>> {
  const text = await ask(machine, ["stack", "output", "--json", "--stack", machine.stack]);
  return JSON.parse(text) as Record<string, unknown>;
}

/** The links of a deployed stack. */
export async function readLinks(machine: Environment): Promise<Links> {
  return linksOf(await readOutputs(machine));
}

/** The links among a stack's outputs. */
export function linksOf(outputs: Readonly<Record<string, unknown>>): Links {
  const text = (name: string) => {
    const value = outputs[name];
    return typeof value === "string" && value !== "" ? value : undefined;
  };
  return {
    frontend: text("frontendUrl"),
    backend: text("backendUrl"),
    access: text("accessCommand"),
  };
}
