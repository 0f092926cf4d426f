import { podsOf } from "./pods";
import { SECRET, UNKNOWN, type PolicyResource } from "./policy";

const secretName = /(SECRET|PASSWORD|PASSWD|TOKEN|API_?KEY|PRIVATE_?KEY|CREDENTIAL)/i;
const urlWithPassword = /^[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:[^\s/@]+@/i;

/** Why a value looks like a secret in plain text; undefined where it doesn't. */
function suspicion(name: string, value: unknown): string | undefined {
  if (typeof value !== "string" || value === "" || value === UNKNOWN) return undefined;
  if (value === SECRET) return `${name} is a secret's value`;
  if (urlWithPassword.test(value)) return `${name} has a URL with a password`;
  return secretName.test(name) ? `${name} has a value` : undefined;
}

/** Secrets in plain text: in a ConfigMap's data, or in a container's environment. */
export function hiddenInPlain(resource: PolicyResource): string[] {
  if (resource.type === "kubernetes:core/v1:ConfigMap") {
    const { data } = resource.inputs as { data?: unknown };
    if (data === SECRET) return ["data is made of a secret"];
    return Object.entries(typeof data === "object" && data !== null ? data : {}).flatMap(
      ([key, value]) => suspicion(`data.${key}`, value) ?? [],
    );
  }
  return (podsOf(resource)?.containers ?? []).flatMap(({ name, env = [] }) =>
    env.flatMap(
      (variable) => suspicion(`container ${name}: ${variable.name}`, variable.value) ?? [],
    ),
  );
}

/** Contents of a Secret that Pulumi would keep in plain text. */
export function unencrypted(resource: PolicyResource): string[] {
  if (resource.type !== "kubernetes:core/v1:Secret") return [];
  const inputs = resource.inputs as Partial<Record<"data" | "stringData", unknown>>;
  return (["data", "stringData"] as const).flatMap((field) => {
    const content = inputs[field];
    if (content === undefined || content === SECRET) return [];
    const entries = typeof content === "object" && content !== null ? Object.entries(content) : [];
    return entries
      .filter(([, value]) => value !== SECRET)
      .map(([key]) => `${field}.${key} isn't a secret of Pulumi`);
  });
}
