const HUB = "docker.io";
const hubNames = ["docker.io", "index.docker.io", "registry-1.docker.io"];
/** The key of Docker Hub's credentials in docker's configuration. */
const HUB_SERVER = "https://index.docker.io/v1/";

/** Returns the registry at the start of an image name; undefined where its first part is a folder. */
function domainOf(name: string): string | undefined {
  const [first = "", ...rest] = name.split("/");
  if (rest.length === 0) return undefined;
  return /[.:]/.test(first) || first === "localhost" ? first : undefined;
}

/** Whether an image name includes its registry and, for Docker Hub, a folder. */
export function isQualified(name: string): boolean {
  const domain = domainOf(name);
  return domain !== undefined && (domain !== HUB || name.split("/").length > 2);
}

/** Returns the key of a registry's credentials in docker's configuration. */
export function credentialsKey(server: string, imageName: string): string {
  const host =
    server === "" ? (domainOf(imageName) ?? HUB) : server.replace(/^https?:\/\//, "").split("/")[0];
  return host === undefined || hubNames.includes(host) ? HUB_SERVER : host;
}

/** Returns an image name without tag and digest, with the registry and folder that docker would add. */
export function repository(name: string): string {
  const bare = name.replace(/@.*$/, "").replace(/:[^/:]*$/, "");
  if (domainOf(bare) !== undefined) return bare;
  return bare.includes("/") ? `${HUB}/${bare}` : `${HUB}/library/${bare}`;
}
