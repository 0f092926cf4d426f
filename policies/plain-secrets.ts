import { isObject } from "../lib/pulumi/values";
import { type PolicyResource, SECRET, UNKNOWN } from "./policy";
import { isSecretName, secretIn } from "./secret-like";
import { podsOf } from "./workload-pods";

/** A variable that Kubernetes puts in: no secret by itself. */
const isReference = /^\$\([A-Za-z_]\w*\)$/;

/** Returns why a value looks like a secret in plain text; undefined where it doesn't. */
function suspicion(place: string, key: string, value: unknown): string | undefined {
  if (typeof value !== "string" || value === "" || value === UNKNOWN) return undefined;
  if (value === SECRET) return `${place} is a secret's value`;
  const found = secretIn(value);
  if (found !== undefined) return `${place} has ${found}`;
  return isSecretName(key) && !isReference.test(value) ? `${place} has a value` : undefined;
}

/**
 * Finds secrets in plain text: in a ConfigMap's data, a container's environment or command, the build
 * arguments of an image, which stay in it, or the values of a Helm release.
 */
export function hiddenInPlain(resource: PolicyResource): string[] {
  if (/^kubernetes:helm\.sh\/v\d+:(Release|Chart)$/.test(resource.type)) {
    const { values } = resource.inputs as { values?: unknown };
    return inValues(values, []);
  }
  if (/^kubernetes:core\/v1:ConfigMap(Patch)?$/.test(resource.type)) {
    const { data } = resource.inputs as { data?: unknown };
    if (data === SECRET) return ["data is made of a secret"];
    return inVariables("data", data);
  }
  if (/^docker(-build)?:index\/?[a-z]*:Image$/i.test(resource.type))
    return inImage(resource.inputs);
  return (podsOf(resource)?.containers ?? []).flatMap(
    ({ name, env = [], command = [], args = [] }) => [
      ...env.flatMap(
        (variable) =>
          suspicion(`container ${name}: ${variable.name}`, variable.name, variable.value) ?? [],
      ),
      // A word with spaces is a script, in which `token=` is an assignment.
      ...[...command, ...args]
        .filter((word) => typeof word === "string" && !/\s/.test(word))
        .flatMap((word) => suspicion(`container ${name}: its command`, "", word) ?? []),
    ],
  );
}

function inVariables(place: string, variables: unknown): string[] {
  if (!isObject(variables)) return [];
  return Object.entries(variables).flatMap(
    ([key, value]) => suspicion(`${place}.${key}`, key, value) ?? [],
  );
}

function inImage(inputs: unknown): string[] {
  const { build, buildArgs, registry } = inputs as {
    build?: { args?: unknown };
    buildArgs?: unknown;
    registry?: { password?: unknown };
  };
  const password = registry?.password;
  const isPlain = typeof password === "string" && !["", SECRET, UNKNOWN].includes(password);
  return [
    ...inVariables("build.args", build?.args ?? buildArgs),
    ...(isPlain ? ["registry.password isn't a secret of Pulumi"] : []),
  ];
}

/** Keys of the chart's values that become environment variables. */
const variable = /(^|\.)(env|configMap\.data)\.[^.]+$/;

/** Values that the chart puts into a Secret: secret whatever their key is. Helm keeps them readable in the cluster. */
const CONTENTS = "secret.values.";

function inValues(value: unknown, keys: readonly string[]): string[] {
  if (typeof value === "object" && value !== null) {
    return Object.entries(value).flatMap(([key, inner]) => inValues(inner, [...keys, key]));
  }
  const path = keys.join(".");
  const name = variable.test(path) ? (keys.at(-1) ?? "") : "";
  const key = path.startsWith(CONTENTS) ? "secret" : name;
  const found = suspicion(`values.${path}`, key, value);
  return found === undefined ? [] : [found];
}

/** Finds contents of a Secret that Pulumi would keep in plain text. */
export function unencrypted(resource: PolicyResource): string[] {
  if (resource.type !== "kubernetes:core/v1:Secret") return [];
  const inputs = resource.inputs as Partial<Record<"data" | "stringData", unknown>>;
  return (["data", "stringData"] as const).flatMap((field) => {
    const content = inputs[field];
    if (content === undefined || content === SECRET) return [];
    const entries = isObject(content) ? Object.entries(content) : [];
    return entries
      .filter(([, value]) => value !== SECRET)
      .map(([key]) => `${field}.${key} isn't a secret of Pulumi`);
  });
}
