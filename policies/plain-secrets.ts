import { isObject } from "../lib/pulumi/values";
import { type PolicyResource, SECRET, UNKNOWN } from "./policy";
import { podsOf } from "./workload-pods";

const secretName = /(SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL)/i;
const urlWithPassword = /^[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]+@/i;

/** Returns why a value looks like a secret in plain text; undefined where it doesn't. */
function suspicion(place: string, key: string, value: unknown): string | undefined {
  if (typeof value !== "string" || value === "" || value === UNKNOWN) return undefined;
  if (value === SECRET) return `${place} is a secret's value`;
  if (urlWithPassword.test(value)) return `${place} has a URL with a password`;
  return secretName.test(key) ? `${place} has a value` : undefined;
}

/** Finds secrets in plain text: in a ConfigMap's data, a container's environment or the values of a Helm release. */
export function hiddenInPlain(resource: PolicyResource): string[] {
  if (resource.type === "kubernetes:helm.sh/v3:Release") {
    const { values } = resource.inputs as { values?: unknown };
    return inValues(values, []);
  }
  if (resource.type === "kubernetes:core/v1:ConfigMap") {
    const { data } = resource.inputs as { data?: unknown };
    if (data === SECRET) return ["data is made of a secret"];
    return Object.entries(isObject(data) ? data : {}).flatMap(
      ([key, value]) => suspicion(`data.${key}`, key, value) ?? [],
    );
  }
  return (podsOf(resource)?.containers ?? []).flatMap(({ name, env = [] }) =>
    env.flatMap(
      (variable) =>
        suspicion(`container ${name}: ${variable.name}`, variable.name, variable.value) ?? [],
    ),
  );
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
