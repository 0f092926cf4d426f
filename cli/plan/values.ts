/** The value at a path such as `spec.template.spec.containers.0.image`; undefined where it ends. */
export function at(value: unknown, path: string): unknown {
  let here = value;
  for (const key of path === "" ? [] : path.split(".")) {
    if (typeof here !== "object" || here === null) return undefined;
    here = (here as Record<string, unknown>)[key];
  }
  return here;
}
