/** A URN is `urn:pulumi:<stack>::<project>::<parents' types>$<type>::<name>`. */

/** Returns the type token of a resource's URN, without its parents' types. */
export function typeOf(urn: string): string {
  const types = urn.split("::")[2] ?? "";
  return types.slice(types.lastIndexOf("$") + 1);
}

/** Returns the resource's name in the program, which may itself contain `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
