import { existsSync } from "node:fs";
import type { Settings } from "../schema";
import type { Problem } from "./problem";

/** Checks that the registry to push to is set, and its user's password. */
export function images(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const { delivery, registry } = settings.images;
  if (delivery === "registry" && registry === undefined) {
    problems.push({
      key: "images.registry",
      found: "nothing",
      expected: "{server: …} where images.delivery is registry",
    });
  }
  if (registry?.username && settings.registryPassword === "") {
    problems.push({
      key: "registryPassword",
      found: "nothing",
      expected: `the password of ${registry.username}: pulumi config set --secret registryPassword`,
    });
  }
  return problems;
}

/** Checks that build contexts, Dockerfiles and the chart exist. */
export function paths({ backend, frontend, chart }: Settings): Problem[] {
  const wanted = {
    "backend.image.context": backend.image.context,
    "backend.image.dockerfile": backend.image.dockerfile,
    "frontend.image.context": frontend.image.context,
    "frontend.image.dockerfile": frontend.image.dockerfile,
    "chart.path": chart.path,
  };
  return Object.entries(wanted)
    .filter(([, path]) => !existsSync(path))
    .map(([key, found]) => ({
      key,
      found: `${found}, where nothing is`,
      expected: "a path that is there, from the project's folder",
    }));
}
