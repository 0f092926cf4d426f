/**
 * The layers of the repository (ARCHITECTURE.md): `lib ← settings ← components ← policies ← cli`.
 * `npm run lint:layers` checks them, and tests/unit/layers.test.ts checks that a violation is found.
 */

/**
 * A room with the only rooms that it may import. Its own files and npm packages are always allowed.
 *
 * @param {string} room
 * @param {readonly string[]} allowed
 */
function layer(room, allowed) {
  const rooms = [room, ...allowed].join("|");
  return {
    name: `layer-${room}`,
    comment: `${room} may import ${allowed.join(", ") || "no other room"}`,
    severity: "error",
    from: { path: `^${room}/` },
    to: { pathNot: [`^(${rooms})/`, "node_modules"], dependencyTypesNot: ["core"] },
  };
}

export default {
  forbidden: [
    {
      name: "no-circular",
      comment: "Files that need each other are one file, or lack a third one below both",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "not-to-unresolvable",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "declared-packages",
      comment:
        "A package is declared in the package.json of the folder that imports it, or that is tested",
      severity: "error",
      from: { pathNot: "^tests/(unit|support)/provider-stand-ins/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "no-dev-packages",
      comment: "What users run needs no development dependency",
      severity: "error",
      from: {
        path: "^(index\\.ts$|(cli|components|lib|offline|policies|provider-stand-ins|settings)/)",
      },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"] },
    },
    layer("lib", []),
    layer("settings", ["lib"]),
    layer("components", ["lib", "settings"]),
    layer("policies", ["lib", "settings", "components"]),
    layer("cli", ["lib", "settings", "components", "policies", "offline"]),
    layer("offline", ["lib"]),
    layer("provider-stand-ins", ["lib"]),
    {
      name: "program",
      comment: "index.ts puts settings, components and policies together",
      severity: "error",
      from: { path: "^index\\.ts$" },
      to: {
        pathNot: ["^(lib|settings|components|policies)/", "node_modules"],
        dependencyTypesNot: ["core"],
      },
    },
    {
      name: "one-door-to-offline",
      comment:
        "cli/environment/provide/offline.ts loads offline mode, so that only its users pay for it",
      severity: "error",
      from: {
        path: "^(cli|components|lib|policies|scripts|settings|index\\.ts|bench)",
        pathNot: "^cli/environment/provide/offline\\.ts$",
      },
      to: { path: "^offline/" },
    },
    {
      name: "not-to-leaves",
      comment: "Only tests import scripts and bench; nothing imports tests and docs",
      severity: "error",
      from: { path: "^([^/]+)/", pathNot: "^tests/" },
      to: {
        path: "^(tests|scripts|docs|bench)/",
        pathNot: ["^$1/"],
      },
    },
    {
      name: "not-to-other-packages-tests",
      comment: "What two packages need is no test helper of one of them",
      severity: "error",
      from: { path: "^bench/" },
      to: { path: "/tests/" },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules"] },
    exclude: { path: ["/dist/", "/\\.next/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "types"],
    },
  },
};
