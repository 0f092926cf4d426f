import { databaseSelector, podLabels } from "../labels";
import type { Settings } from "../schema";
import { hasNodePort } from "../sections/web-service";
import type { Problem } from "./problem";

/** Two objects of one kind have two names: the Deployments, and the Services with the database's. */
export function names({ backend, frontend, postgres }: Settings): Problem[] {
  return [
    ...twice([
      ["backend.name", backend.name],
      ["frontend.name", frontend.name],
    ]),
    ...twice([
      ["backend.service.name", backend.service.name],
      ["frontend.service.name", frontend.service.name],
      ["backend.name", backend.service.name === undefined ? backend.name : undefined],
      ["frontend.name", frontend.service.name === undefined ? frontend.name : undefined],
      ["postgres.name", postgres.enabled === false ? undefined : postgres.name],
    ]),
  ].filter(({ key }, index, all) => all.findIndex((other) => other.key === key) === index);
}

function twice(keys: readonly (readonly [string, string | undefined])[]): Problem[] {
  return keys.flatMap(([key, name], index) => {
    const [first] = keys.slice(0, index).find(([, other]) => other === name) ?? [];
    if (name === undefined || first === undefined) return [];
    return [{ key, found: name, expected: `another name than ${first}` }];
  });
}

/** A Service must find its own pods only, and so must a Deployment. */
export function selectors(settings: Settings): Problem[] {
  const pods = {
    backend: podLabels(settings, "backend", settings.backend.selectorLabels),
    frontend: podLabels(settings, "frontend", settings.frontend.selectorLabels),
    database: podLabels(settings, "database", databaseSelector(settings)),
  };
  return (["backend", "frontend"] as const).flatMap((key) => {
    const selector = Object.entries(settings[key].selectorLabels);
    const others = (["backend", "frontend", "database"] as const).filter(
      (other) => other !== key && selector.every(([label, value]) => pods[other][label] === value),
    );
    return selector.length === 0 || others.length === 0
      ? []
      : [
          {
            key: `${key}.selectorLabels`,
            found: `${JSON.stringify(settings[key].selectorLabels)}, which the pods of ${others.join(" and ")} have too`,
            expected: "labels that its own pods alone have",
          },
        ];
  });
}

/** A NodePort belongs to one Service. */
export function nodePorts(settings: Settings): Problem[] {
  // A nodePort stays in the defaults when only the type is set to ClusterIP: that is no mistake.
  const [first, second] = (["backend", "frontend"] as const)
    .filter((key) => hasNodePort(settings[key]))
    .map((key) => settings[key].service.nodePort);
  if (first === undefined || first === null || first !== second) return [];
  const expected = "another port than backend.service.nodePort";
  return [{ key: "frontend.service.nodePort", found: String(second), expected }];
}
