import assert from "node:assert/strict";
import { parseSettings } from "../../../settings";
import { fakeSecrets } from "../../support/fixtures";
import { errorOf, problemsOf } from "../../support/settings-problems";
import { asConfig, setting } from "../../support/values";

const DATA_KEY =
  "letters, digits, '-', '_' and '.', at most 253 characters, but not '.', and not '..' first";
const NAMESPACE =
  "a name of lowercase letters, digits and '-', at most 63 characters, a letter or digit at both ends";
const OBJECT =
  "a name of lowercase letters, digits, '-' and '.', at most 200 characters, a letter or digit at both ends of each part";
const PATH = "a path that starts with /, without spaces and #";
const FOLDER = "a directory such as /tmp, but not the root";
const MEMORY = "a memory quantity such as 512Mi or 1Gi";
const CPU = "a CPU quantity such as 250m or 0.5";
const PLATFORM = "linux/<architecture>[/<variant>], such as linux/amd64";
const REGISTRY =
  "host[:port][/path] in lowercase, without https:// and without / at the end, such as docker.io/me or registry.example:5000";
const IMAGE = "an image with its tag or digest, such as postgres:18.4";
const POSTGRES =
  "a name of lowercase letters, digits, '_' and '-', a letter first, at most 63 characters, not pg_… or template…";
const KUBERNETES = "a version of Kubernetes such as 1.34.0, 1.30.0 or newer";
const VERSION = "a semantic version such as 1.0.0";
const NAME = "a name of lowercase letters, digits and '-', at most 63 characters";

const LABEL = "letters, digits, '-', '_' and '.', at most 63 characters";
const LABEL_KEY = `a label's key: [prefix/]name of ${LABEL}`;
const LABEL_VALUE = `a label's value: ${LABEL}`;

/** Of each kind of value one that is wrong, and what is said. */
const wrong: [path: string, value: unknown, expected: string][] = [
  ["environment", "prod", "one of development, production"],
  ["version", "latest", VERSION],
  // It becomes a label's value, and the tag of an image.
  ["version", "1.0.0-rc.", VERSION],
  ["version", `1.0.0-${"a".repeat(60)}`, VERSION],
  ["context", "", "a string that is not empty"],
  ["allowedContexts", "kind", "a list of context names"],
  ["namespace", "Todo_App", NAMESPACE],
  ["workloads", "helm", "one of pulumi, chart"],
  ["labels", "todo", "an object"],
  ["labels.app", 1, LABEL_VALUE],
  ["labels.app", "todo app", LABEL_VALUE],
  ["labels", { team: "a" }, "a label app: policies and selectors go by it"],
  ["labels.component", "web", "nothing here: each object gets this label by itself"],
  ["labels.app", "-todo", LABEL_VALUE],
  ["minikube.kubernetesVersion", "1.29.4", KUBERNETES],
  ["minikube.kubernetesVersion", "1.34", KUBERNETES],
  ["minikube.publishPorts.1", 30081, "nothing twice in this list"],
  ["minikube.cpus", 1, "a whole number from 2 to 256"],
  ["minikube.addons", "ingress", "a list"],
  ["images", "registry", "an object"],
  ["images.platform", "amd64", PLATFORM],
  ["images.platform", "linux", PLATFORM],
  ["images.platform", "linux/", PLATFORM],
  ["images.platform", "windows/amd64", PLATFORM],
  ["images.nodeImage", "Node:24", "an image in lowercase, such as node:24-slim"],
  ["images.nodeImage", "node:24 slim", "an image in lowercase, such as node:24-slim"],
  ["images.registry.server", "https://registry.example", REGISTRY],
  ["images.registry.server", "registry.example/", REGISTRY],
  ["images.registry.server", "Registry.example", REGISTRY],
  ["images.registry.server", "registry.example/Team", REGISTRY],
  ["images.registry.server", "registry.example:99999", REGISTRY],
  ["images.registry.server", "registry.example:0", REGISTRY],
  ["images.registry.server", "registry.example//team", REGISTRY],
  // Docker takes it for a user of Docker Hub.
  ["images.registry.server", "registry", REGISTRY],
  ["images.pullSecrets.1", "pull-secret", "nothing twice in this list"],
  ["images.pullPolicy", "always", "one of IfNotPresent, Never, Always"],
  ["images.pullSecrets", { name: "a" }, "a list"],
  ["backend.name", "-backend", NAME],
  ["backend.image.name", "todo-backend:latest", "an image name in lowercase, without a tag"],
  ["backend.image.name", "todo..backend", "an image name in lowercase, without a tag"],
  ["backend.image.name", "todo-backend/", "an image name in lowercase, without a tag"],
  ["backend.image.args", [], "an object"],
  ["backend.selectorLabels", "app=todo", "an object"],
  ["backend.port", 80, "a whole number from 1024 to 65535"],
  ["backend.port", "7860", "a whole number from 1024 to 65535"],
  ["backend.replicas", 0, "a whole number from 1 to 100"],
  ["backend.replicas", 1.5, "a whole number from 1 to 100"],
  ["backend.resources.limits.cpu", 1, "a CPU quantity such as 250m or 0.5, in quotes"],
  ["backend.resources.limits.cpu", "0m", CPU],
  ["backend.resources.limits.cpu", "0", CPU],
  ["backend.resources.limits.cpu", "0.0", CPU],
  ["backend.resources.limits.cpu", "01", CPU],
  ["backend.resources.limits.memory", "512MB", MEMORY],
  ["backend.resources.limits.memory", "512m", MEMORY],
  ["backend.writablePaths", [{ name: "a", path: "tmp", sizeLimit: "1Mi" }], FOLDER],
  ["backend.writablePaths", [{ name: "a", path: "/", sizeLimit: "1Mi" }], FOLDER],
  ["backend.writablePaths", [{ name: "a", path: "/a:b", sizeLimit: "1Mi" }], FOLDER],
  ["backend.preStopSeconds", -1, "a whole number from 0 to 3600"],
  [
    "backend.secretEnv.0",
    "PATH",
    "one of DATABASE_URL, COHERE_API_KEY, BETTER_AUTH_SECRET, JWT_SECRET, BETTER_AUTH_URL",
  ],
  ["backend.autoscaling.enabled", "yes", "true or false"],
  ["frontend.service.type", "nodeport", "one of ClusterIP, NodePort, LoadBalancer"],
  ["frontend.service.port", 0, "a whole number from 1 to 65535"],
  ["frontend.service.nodePort", 8080, "a whole number from 30000 to 32767"],
  ["frontend.probes.liveness.path", "health", PATH],
  ["frontend.probes.readiness.path", "/ready now", PATH],
  ["frontend.probes.readiness.path", "/ready#x", PATH],
  ["frontend.probes.liveness.periodSeconds", 0, "a whole number from 1 to 3600"],
  ["rollout.timeoutSeconds", 5, "a whole number from 30 to 3600"],
  ["configMap.logLevel", "verbose", "one of trace, debug, info, warn, error, fatal, silent"],
  ["configMap.name", "todo_config", OBJECT],
  ["secrets.name", "todo..secrets", OBJECT],
  ["secrets.keys.JWT_SECRET", "JWT SECRET", DATA_KEY],
  ["secrets.keys.JWT_SECRET", "..jwt", DATA_KEY],
  ["secrets.keys.JWT_SECRET", ".", DATA_KEY],
  ["postgres.storage", "one", MEMORY],
  ["postgres.storageClass", "Standard", OBJECT],
  ["postgres.image", "postgres", IMAGE],
  ["postgres.image", "postgres:latest", `${IMAGE}; latest becomes another one at any time`],
  ["postgres.image", "Postgres:18", IMAGE],
  ["postgres.database", "Todo", POSTGRES],
  ["postgres.database", "template0", POSTGRES],
  ["postgres.user", "pg_todo", POSTGRES],
  ["postgres.user", "1todo", POSTGRES],
  [
    "postgres.name",
    "p".repeat(53),
    "a name of lowercase letters, digits and '-', at most 52 characters",
  ],
  [
    "chart.releaseName",
    "r".repeat(54),
    "a name of lowercase letters, digits and '-', at most 53 characters",
  ],
  ["betterAuthSecret", `${"a".repeat(31)} `, "a secret of 32 characters or more"],
  ["chart.values", "x=y", "an object"],
];

const A_VARIABLE = "a variable's name: letters, digits, '_', not a digit first";

/** Settings with a value at a path, and what has to be with it. */
function settingsOf(path: string, value: unknown): Record<string, unknown> {
  if (path === "labels.component") return { labels: { app: "a", component: value } };
  return setting(path, value);
}

/** Values that look unusual, and that Kubernetes, docker and the applications accept. */
const right: [path: string, value: unknown][] = [
  ["version", "1.0.0-rc.1"],
  ["version", "10.20.30"],
  ["namespace", "2fast"],
  ["labels", { app: "a", "example.org/team": "" }],
  ["minikube.kubernetesVersion", "v1.35.0-rc.1"],
  ["images.platform", "linux/arm/v7"],
  ["images.platform", "linux/x86_64"],
  ["images.nodeImage", "registry.example:5000/node@sha256:" + "a".repeat(64)],
  ["images.registry", { server: "localhost:5000" }],
  ["images.registry", { server: "localhost" }],
  ["images.registry", { server: "registry:5000" }],
  ["images.registry", { server: "docker.io/me" }],
  ["images.registry", { server: "ghcr.io/me/my__app--x" }],
  ["images.pullSecrets", ["registry.example"]],
  ["backend.image.name", "team/todo__backend--x"],
  ["backend.resources.limits.memory", "1.5Gi"],
  ["backend.resources.limits.memory", "2G"],
  ["backend.resources.limits.cpu", "0.25"],
  ["frontend.probes.readiness.path", "/ready?x=1"],
  ["configMap.name", "todo.config"],
  ["configMap.data", { LOG_LEVEL: " debug ", NODE_ENV: "" }],
  ["configMap.data", { BETTER_AUTH_URL: "https://a.example, https://b.example" }],
  ["configMap.logLevel", "silent"],
  ["secrets.keys.JWT_SECRET", ".jwt"],
  ["postgres.database", "todo_app"],
  ["postgres.database", "todo-app"],
  ["postgres.storage", "1T"],
  ["postgres.image", "registry.example:5000/postgres:18@sha256:" + "0".repeat(64)],
  ["databaseUrl", "postgres://u%40x:p%25%2F@[2001:db8::1]:6543/todo%20x?sslmode=require"],
];

/** Keys that Kubernetes takes for no such thing. */
const wrongKeys: [path: string, key: string, expected: string][] = [
  ["backend.selectorLabels", "todo app", LABEL_KEY],
  ["backend.env", "LOG-LEVEL", A_VARIABLE],
  ["configMap.data", "LOG LEVEL", A_VARIABLE],
  ["configMap.data", "log.level", A_VARIABLE],
  ["labels", "example..org/team", LABEL_KEY],
];

describe("settings: errors", () => {
  for (const [path, value, expected] of wrong) {
    it(`${path} = ${JSON.stringify(value)}: ${expected}`, () => {
      // A list's element is given as the whole list; the second one is the first one again.
      const [, list = path, index] = /^(.*)\.([01])$/.exec(path) ?? [];
      const given = index === undefined ? value : index === "0" ? [value] : [value, value];
      const problems = problemsOf(settingsOf(list, given));
      assert.deepEqual(
        // How to set a string has its own test.
        problems.map((problem) => problem.expected.replace(/: put it in quotes.*/, "")),
        [expected.replace(", in quotes", "")],
      );
      const [problem] = problems;
      const isSecret = path === "betterAuthSecret";
      const found = isSecret ? "a value that isn't shown, as it is a secret" : undefined;
      // A volume is given whole.
      const isVolume = path.endsWith("writablePaths");
      const inner = isVolume ? (value as [{ path: string }])[0].path : value;
      assert.ok(problem);
      assert.equal(problem.found, found ?? JSON.stringify(inner));
      assert.equal(problem.key, isVolume ? `${path}.0.path` : path);
    });
  }

  for (const [path, value] of right) {
    it(`let ${path} = ${JSON.stringify(value)} pass`, () => {
      parseSettings(asConfig(setting(path, value)));
    });
  }

  for (const [path, key, expected] of wrongKeys) {
    it(`${path}: {${JSON.stringify(key)}: …}: ${expected}`, () => {
      const rest = path === "labels" ? { app: "a" } : {};
      assert.deepEqual(problemsOf(setting(path, { ...rest, [key]: "x" })), [
        { key: `${path}.${key}`, found: JSON.stringify(key), expected },
      ]);
    });
  }

  it("say how to set a string where YAML and `config set --path` make a number of it", () => {
    const expectedOf = (settings: Record<string, unknown>) => problemsOf(settings)[0]?.expected;
    assert.equal(
      expectedOf(setting("configMap.data", { PORT: 2 })),
      'a string: put it in quotes in YAML ("2"), or ' +
        "`pulumi config set --path --type string 'configMap.data.PORT' 2`",
    );
    assert.match(
      expectedOf(setting("backend.image.args", { "a.b/c": true })) ?? "",
      /put it in quotes in YAML \("true"\).*'backend\.image\.args\["a\.b\/c"\]' true`$/,
    );
  });

  it("name an unknown key, at the top and below, with the keys that there are", () => {
    const problems = problemsOf({
      replicas: 2,
      backend: { replica: 2, service: { Port: 1 }, writablePaths: [{ folder: "/tmp" }] },
    });
    const of = (key: string) => problems.find((problem) => problem.key === key);
    const found = "a key that doesn't exist";
    assert.match(
      of("replicas")?.expected ?? "",
      /^one of environment, version, .*registryPassword$/,
    );
    assert.deepEqual(of("backend.service.Port"), {
      key: "backend.service.Port",
      found,
      expected: "one of name, type, port, nodePort",
    });
    assert.match(of("backend.replica")?.expected ?? "", /^one of name, image, .*autoscaling$/);
    const inList = of("backend.writablePaths.0.folder");
    assert.deepEqual(inList?.expected, "one of name, path, sizeLimit");
    assert.ok(problems.filter((problem) => problem.found === found).length >= 4);
  });

  it("are all in one, with the rules that don't depend on a wrong key", () => {
    const problems = problemsOf({
      environment: "production",
      tag: "latest",
      namespace: "A",
      backend: { port: 1 },
      frontend: { preStopSeconds: 40 },
      rollout: { maxSurge: 0 },
    });
    assert.deepEqual(problems.map(({ key }) => key).sort(), [
      "backend.port",
      "betterAuthSecret",
      "databaseUrl",
      "frontend.terminationGracePeriodSeconds",
      "jwtSecret",
      "namespace",
      "rollout.maxSurge",
      "tag",
    ]);
  });

  it("ask for no secret or database where the environment itself is wrong", () => {
    assert.deepEqual(
      problemsOf({ environment: "prod", postgres: { enabled: false } }).map(({ key }) => key),
      ["environment"],
    );
  });

  it("count, one line each, and end with what to do", () => {
    const { message, hint } = errorOf(() => parseSettings({ namespace: "A", workloads: "x" }));
    const two = [...message.split("\n"), hint];
    assert.equal(two[0], "2 settings are wrong:");
    assert.equal(two.length, 4);
    assert.equal(two[1], `  namespace: found "A"; expected ${NAMESPACE}`);
    assert.match(
      two[3] ?? "",
      /pulumi config set .*Pulumi\.<stack>\.yaml; docs\/configuration\.md/,
    );
    assert.match(errorOf(() => parseSettings({ workloads: "x" })).message, /^1 setting is wrong:/);
  });

  it("never show a secret", () => {
    const { message } = errorOf(() =>
      parseSettings(
        {
          ...fakeSecrets,
          databaseUrl: "hush-no-url",
          // Taken for a secret's own key; encrypted, it is JSON or text.
          secrets: "hush-word",
          configMap: JSON.stringify({ data: { TOKEN: ["hush-token"] } }),
          cohereKey: "hush-cohere",
        },
        { isSecret: (key) => ["secrets", "configMap"].includes(key) },
      ),
    );
    assert.match(message, /databaseUrl: found a value that is no PostgreSQL URL \(not shown/);
    assert.match(
      message,
      /secrets: found a value that isn't shown, as it is a secret; expected an object/,
    );
    assert.match(message, /configMap\.data\.TOKEN: found a value that isn't shown/);
    assert.match(message, /cohereKey: found a key that doesn't exist/);
    assert.doesNotMatch(message, /hush/);
  });
});
