/** Image names: `<registry>/<path>:<tag>`, where the registry may be left out. */

const HUB = "docker.io";
const HUB_NAMES = ["docker.io", "index.docker.io", "registry-1.docker.io"];
/** Under which docker's credentials for its own registry are kept. */
const HUB_SERVER = "https://index.docker.io/v1/";

/** The registry that a name begins with, or undefined where its first part is a folder. */
function domainOf(name: string): string | undefined {
  const [first = "", ...rest] = name.split("/");
  if (rest.length === 0) return undefined;
  return /[.:]/.test(first) || first === "localhost" ? first : undefined;
}

/** Whether the name is complete: it names its registry, and its folder where that is docker's own. */
export function isQualified(name: string): boolean {
  const domain = domainOf(name);
  return domain !== undefined && (domain !== HUB || name.split("/").length > 2);
}

/** The key of docker's configuration under which a registry's credentials belong. */
export function credentialsKey(server: string, imageName: string): string {
  const host =
    server === "" ? (domainOf(imageName) ?? HUB) : server.replace(/^https?:\/\//, "").split("/")[0];
  return host === undefined || HUB_NAMES.includes(host) ? HUB_SERVER : host;
}

/** The name without tag or digest, with everything that docker would add. */
export function repository(name: string): string {
  const bare = name.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  if (domainOf(bare) !== undefined) return bare;
  return bare.includes("/") ? `${HUB}/${bare}` : `${HUB}/library/${bare}`;
}
