import { resolve } from "node:path";
import type { WebServiceSettings } from "./sections/web-service";

/** Folder of each application of this repository. */
export const applicationFolders = {
  backend: "docker/backend",
  frontend: "docker/frontend",
} as const;

/** Whether a web service runs this repository's application: nothing is known of what another one accepts. */
export function isOwnApplication(
  component: "backend" | "frontend",
  { image }: Pick<WebServiceSettings, "image">,
): boolean {
  return resolve(image.context) === resolve(applicationFolders[component]);
}
