import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Settings } from "../schema";
import type { Problem } from "./problem";

/** Checks that the registry to push to is set, and its user's password. */
export function images(settings: Settings): Problem[] {
  const problems: Problem[] = [];
  const { delivery, registry, pullPolicy } = settings.images;
  if (delivery === "registry" && registry === undefined) {
    problems.push({
      key: "images.registry",
      found: "nothing",
      expected: "{server: …} where images.delivery is registry",
    });
  }
  if (registry?.username === "" && settings.registryPassword !== "") {
    problems.push({
      key: "images.registry.username",
      found: "nothing",
      expected: "the user whose password registryPassword is: without one nobody is authenticated",
    });
  }
  if (registry?.username && settings.registryPassword === "") {
    problems.push({
      key: "registryPassword",
      found: "nothing",
      expected: `the password of ${registry.username}: pulumi config set --secret registryPassword`,
    });
  }
  const isPushed = delivery === "registry" || (delivery === "auto" && registry !== undefined);
  const neverPulled = isPushed && pullPolicy === "Never";
  const neverPushed = pullPolicy === "Always" && !isPushed && delivery !== "auto";
  if (neverPulled || neverPushed) {
    problems.push({
      key: "images.pullPolicy",
      found: pullPolicy,
      expected: neverPulled
        ? "IfNotPresent or Always: the nodes have to pull images of a registry"
        : `IfNotPresent or Never: with the delivery ${delivery} no registry has the images`,
    });
  }
  return problems;
}

/** Checks that build contexts, Dockerfiles with their stages, and the chart exist. */
export function paths({ backend, frontend, chart }: Settings): Problem[] {
  const wanted: [key: string, path: string, kind: "folder" | "file"][] = [
    ["backend.image.context", backend.image.context, "folder"],
    ["backend.image.dockerfile", backend.image.dockerfile, "file"],
    ["frontend.image.context", frontend.image.context, "folder"],
    ["frontend.image.dockerfile", frontend.image.dockerfile, "file"],
    ["chart.path", chart.path, "folder"],
  ];
  const wrong = wanted.flatMap(([key, path, kind]): Problem[] => {
    const found = kindOf(path);
    if (found === undefined) {
      const expected = "a path that is there, from the project's folder";
      return [{ key, found: `${path}, where nothing is`, expected }];
    }
    return found === kind ? [] : [{ key, found: `${path}, a ${found}`, expected: `a ${kind}` }];
  });
  const isWrong = (key: string) => wrong.some((problem) => problem.key === key);
  if (!isWrong("chart.path") && kindOf(join(chart.path, "Chart.yaml")) !== "file") {
    const found = `${chart.path}, without Chart.yaml`;
    wrong.push({ key: "chart.path", found, expected: "the folder of a Helm chart" });
  }
  for (const [component, { image }] of Object.entries({ backend, frontend })) {
    if (!isWrong(`${component}.image.dockerfile`)) wrong.push(...stage(component, image));
  }
  return wrong;
}

function stage(component: string, { dockerfile, target }: Settings["backend"]["image"]): Problem[] {
  if (target === undefined || target === "" || /^\d+$/.test(target)) return [];
  const lines = readFileSync(dockerfile, "utf8").matchAll(/^\s*FROM\s.*\sAS\s+(\S+)\s*$/gim);
  const stages = [...lines].map(([, name = ""]) => name);
  // Docker compares them without regard to case.
  if (stages.some((name) => name.toLowerCase() === target.toLowerCase())) return [];
  const expected = `one of ${stages.join(", ")}, the stages of ${dockerfile}`;
  return [{ key: `${component}.image.target`, found: JSON.stringify(target), expected }];
}

function kindOf(path: string): "folder" | "file" | undefined {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isDirectory() ? "folder" : "file";
}
