import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { nonEmpty } from "../../lib/paths";
import { userPulumiHome } from "../environment/detect/installed-files";
import { readProject } from "./project-file";

/** A backend for the state that the user has chosen. */
export interface ChosenBackend {
  /** Its URL; empty where Pulumi's credentials name it in a form that only Pulumi can read. */
  url: string;
  /** What chose it, as part of a sentence. */
  by: string;
}

/**
 * Returns the backend that the user has chosen, in the order in which Pulumi looks for it: the variable,
 * Pulumi.yaml, the last `pulumi login`, and an access token, with which Pulumi logs in to its service.
 *
 * @param env the environment of Pulumi.
 * @returns undefined where none is chosen.
 */
export function chosenBackend(root: string, env: NodeJS.ProcessEnv): ChosenBackend | undefined {
  const variable = nonEmpty(env.PULUMI_BACKEND_URL);
  if (variable !== undefined) return { url: variable, by: "PULUMI_BACKEND_URL" };
  const url = readProject(root).backendUrl;
  if (url !== undefined) return { url, by: "backend.url in Pulumi.yaml" };
  const current = currentLogin(credentialsFolder(env));
  if (current !== undefined) return { url: current, by: "`pulumi login`" };
  if (!env.PULUMI_ACCESS_TOKEN) return undefined;
  return { url: nonEmpty(env.PULUMI_API) ?? "https://api.pulumi.com", by: "PULUMI_ACCESS_TOKEN" };
}

/**
 * Returns the folder of the user's own login, where Pulumi must be told of it: its home is this project's,
 * and nobody has logged in there.
 */
export function credentialsOfUser(
  env: NodeJS.ProcessEnv,
  pulumiHome: string | undefined,
): string | undefined {
  if (env.PULUMI_CREDENTIALS_PATH || pulumiHome === undefined) return undefined;
  const theirs = userPulumiHome(env);
  if (theirs === pulumiHome || currentLogin(pulumiHome) !== undefined) return undefined;
  return currentLogin(theirs) === undefined ? undefined : theirs;
}

/** Returns the URL of a folder as Pulumi's file backend reads it. On Windows it begins with the drive. */
export function fileBackendUrl(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): string {
  if (platform !== "win32") return pathToFileURL(folder).href;
  const path = encodeURI(folder.replaceAll("\\", "/")).replaceAll("#", "%23");
  return `file://${path}`;
}

/**
 * Returns the folder of a file backend. Pulumi takes `~` for the user's home, and a relative path from the
 * folder in which it runs.
 *
 * @returns undefined for any other backend.
 */
export function fileBackendFolder(
  url: string,
  root: string,
  home: string = homedir(),
): string | undefined {
  if (!url.startsWith("file://")) return undefined;
  const [path = ""] = url.slice("file://".length).split("?");
  // `file:///C:/state` as other programs write it.
  const plain = decoded(path).replace(/^\/(?=[A-Za-z]:)/, "");
  if (plain === "~") return home;
  return plain.startsWith("~/") ? join(home, plain.slice(2)) : resolve(root, plain);
}

/** The file of a stack's state in a file backend. */
export function stateFile(folder: string, project: string, stack: string): string {
  return join(folder, ".pulumi", "stacks", project, `${stack}.json`);
}

function credentialsFolder(env: NodeJS.ProcessEnv): string {
  return nonEmpty(env.PULUMI_CREDENTIALS_PATH) ?? userPulumiHome(env);
}

/** The backend of the last `pulumi login`; undefined after `pulumi logout`, and where there was none. */
function currentLogin(folder: string): string | undefined {
  const file = join(folder, "credentials.json");
  if (!existsSync(file)) return undefined;
  const text = readFileSync(file, "utf8");
  if (text.trim() === "") return undefined;
  try {
    const { current } = JSON.parse(text) as { current?: unknown };
    return typeof current === "string" && current !== "" ? current : undefined;
  } catch {
    // Newer versions of Pulumi can encrypt the file.
    return "";
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
