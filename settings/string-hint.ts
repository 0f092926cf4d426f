/**
 * Says how to set a string where a number or a boolean was found: YAML and `pulumi config set --path` take
 * digits, `true` and `false` for these.
 *
 * @param path the path below the stack's configuration, at least two steps.
 */
export function stringHint(path: readonly PropertyKey[], value: number | boolean): string {
  return (
    `put it in quotes in YAML ("${value}"), or ` +
    `\`pulumi config set --path --type string '${configPath(path)}' ${value}\``
  );
}

/** Returns a path as `pulumi config set --path` reads it. */
function configPath(path: readonly PropertyKey[]): string {
  return path
    .map((step, index) => {
      if (typeof step === "number") return `[${step}]`;
      const name = String(step);
      if (!/^[\w-]+$/.test(name)) return `["${name}"]`;
      return index === 0 ? name : `.${name}`;
    })
    .join("");
}
