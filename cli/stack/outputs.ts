import { pulumiOutput, type StackEnvironment } from "./run-pulumi";

/** The addresses of what is deployed, from the stack's outputs. */
export interface Links {
  /** URL at which the frontend answers from this machine. */
  frontend: string | undefined;
  /** URL of the backend, where the settings expose it. */
  backend: string | undefined;
  /** A command that opens a connection, for machines that can't reach a NodePort. */
  access: string | undefined;
}

/** Reads a stack's outputs; secret ones are masked. */
export async function readOutputs(environment: StackEnvironment): Promise<Record<string, unknown>> {
  const args = ["stack", "output", "--json", "--stack", environment.stack];
  return JSON.parse(await pulumiOutput(environment, args)) as Record<string, unknown>;
}

/** Reads the links of a deployed stack. */
export async function readLinks(environment: StackEnvironment): Promise<Links> {
  return linksOf(await readOutputs(environment));
}

/** Returns the links among a stack's outputs. */
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
