/** The parts of a resource's URN: `urn:pulumi:<stack>::<project>::<parents$type>::<name>`. */

/** The type token (without the parents' types) of a URN. */
export function typeOf(urn: string): string {
  const chain = urn.split("::")[2] ?? "";
  return chain.slice(chain.lastIndexOf("$") + 1);
}

/** The resource's name in the program, which may itself hold `::`. */
export function nameOf(urn: string): string {
  return urn.split("::").slice(3).join("::");
}
