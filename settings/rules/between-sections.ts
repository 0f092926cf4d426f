import { databaseSelector, podLabels } from "../labels";
import type { Settings } from "../schema";
import { pinnedNodePort } from "../web-services";
import type { Problem } from "./problem";

/** Checks that objects of one kind have different names: Deployments, and Services with the database's. */
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

/** Checks that Services and Deployments select their own pods only. */
export function selectors(settings: Settings): Problem[] {
  const jobLabels = (component: string) => ({
    ...podLabels(settings),
    "app.kubernetes.io/component": component,
    component,
  });
  const pods: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    backend: podLabels(settings, "backend", settings.backend.selectorLabels),
    frontend: podLabels(settings, "frontend", settings.frontend.selectorLabels),
    database: podLabels(settings, "database", databaseSelector(settings)),
    migration: jobLabels("migration"),
    test: jobLabels("test"),
  };
  return (["backend", "frontend"] as const).flatMap((key) => {
    const selector = Object.entries(settings[key].selectorLabels);
    const others = Object.entries(pods)
      .filter(([other]) => other !== key)
      .filter(([, labels]) => selector.every(([label, value]) => labels[label] === value))
      .map(([other]) => other);
    return selector.length === 0 || others.length === 0
      ? []
      : [
          {
            key: `${key}.selectorLabels`,
            found: `${JSON.stringify(settings[key].selectorLabels)}, which the pods of ${others.join(", ")} have too`,
            expected: "labels that only its own pods have",
          },
        ];
  });
}

/** Checks that no two Services have the same NodePort. */
export function nodePorts({ backend, frontend }: Settings): Problem[] {
  const second = pinnedNodePort(frontend);
  if (second === undefined || second !== pinnedNodePort(backend)) return [];
  const expected = "another port than backend.service.nodePort";
  return [{ key: "frontend.service.nodePort", found: String(second), expected }];
}
