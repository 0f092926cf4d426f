import { refusedBy } from "../applications";
import { isOwnApplication } from "../own-application";
import type { Settings } from "../schema";
import type { Problem } from "./problem";

type Services = Pick<Settings, "backend" | "frontend">;
const components = ["backend", "frontend"] as const;

/** The settings of the secrets whose variables the program always puts into the Secret. */
const secretSettings: Readonly<Record<string, string>> = {
  DATABASE_URL: "databaseUrl",
  COHERE_API_KEY: "cohereApiKey",
  BETTER_AUTH_SECRET: "betterAuthSecret",
  JWT_SECRET: "jwtSecret",
};

/** Checks that the applications accept the values of the ConfigMap, and that none of them is without effect. */
export function configData({
  configMap: { data },
  ...services
}: Services & Pick<Settings, "configMap">): Problem[] {
  return Object.entries(data).flatMap(([name, value]): Problem[] => {
    const key = `configMap.data.${name}`;
    const setting = secretSettings[name];
    if (setting !== undefined) {
      const expected = `nothing here: pulumi config set --secret ${setting} … sets it`;
      return [{ key, found: "a value that isn't shown, as it is a secret", expected }];
    }
    if (name === "PORT" || name === "VERSION") {
      const where = name === "PORT" ? "backend.port and frontend.port set" : "version sets";
      return [{ key, found: JSON.stringify(value), expected: `nothing here: ${where} it` }];
    }
    const refused = components
      .filter((component) => isOwnApplication(component, services[component]))
      .map((component) => refusedBy(component, name, value))
      .find((expected) => expected !== undefined);
    return refused === undefined ? [] : [{ key, found: JSON.stringify(value), expected: refused }];
  });
}

/** Checks that an application accepts the variables of `env`, and that each comes from one place. */
export function env(component: "backend" | "frontend", service: Settings["backend"]): Problem[] {
  return Object.entries(service.env).flatMap(([name, value]): Problem[] => {
    const key = `${component}.env.${name}`;
    const found = JSON.stringify(value);
    if (name === "PORT") {
      return [{ key, found, expected: `nothing here: ${component}.port sets it` }];
    }
    if (name === "VERSION") return [{ key, found, expected: "nothing here: version sets it" }];
    if ((service.secretEnv as readonly string[]).includes(name)) {
      const expected = `nothing here: the variable is in ${component}.secretEnv too`;
      return [{ key, found: "a value that isn't shown, as it is a secret", expected }];
    }
    const expected = isOwnApplication(component, service)
      ? refusedBy(component, name, value)
      : undefined;
    return expected === undefined ? [] : [{ key, found, expected }];
  });
}

/** Variables that the backend doesn't start without. */
const needed = ["DATABASE_URL", "BETTER_AUTH_SECRET", "JWT_SECRET"] as const;

/** Checks that the backend gets every variable that it doesn't start without. */
export function neededSecrets({ backend }: Pick<Settings, "backend">): Problem[] {
  if (!isOwnApplication("backend", backend)) return [];
  const missing = needed.filter(
    (name) => !backend.secretEnv.includes(name) && !(name in backend.env),
  );
  if (missing.length === 0) return [];
  const expected = `${missing.join(", ")} too: the backend doesn't start without ${missing.length === 1 ? "it" : "them"}`;
  return [{ key: "backend.secretEnv", found: JSON.stringify(backend.secretEnv), expected }];
}
