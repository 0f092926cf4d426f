import assert from "node:assert/strict";
import { parseSettings } from "../../../settings";
import { fakeSecrets } from "../../support/fixtures";
import { errorOf, problemsOf } from "../../support/settings-problems";
import { setting } from "../../support/values";

const DATA_KEY = "letters, digits, '-', '_' and '.', at most 253 characters";
const NAME = "a name of lowercase letters, digits and '-', at most 63 characters";

const LABEL = "letters, digits, '-', '_' and '.', at most 63 characters";
const LABEL_KEY = `a label's key: [prefix/]name of ${LABEL}`;
const LABEL_VALUE = `a label's value: ${LABEL}`;

/** Of each kind of value one that is wrong, and what is said. */
const wrong: [path: string, value: unknown, expected: string][] = [
  ["environment", "prod", "one of development, production"],
  ["version", "latest", "a semantic version such as 1.0.0"],
  ["context", "", "a string that is not empty"],
  ["allowedContexts", "kind", "a list of context names"],
  ["namespace", "Todo_App", NAME],
  ["workloads", "helm", "one of pulumi, chart"],
  ["labels", "todo", "an object"],
  ["labels.app", 1, LABEL_VALUE],
  ["labels.app", "todo app", LABEL_VALUE],
  ["minikube.cpus", 1, "a whole number from 2 to 256"],
  ["minikube.addons", "ingress", "a list"],
  ["images", "registry", "an object"],
  ["images.pullPolicy", "always", "one of IfNotPresent, Never, Always"],
  ["images.pullSecrets", { name: "a" }, "a list"],
  ["backend.name", "-backend", NAME],
  ["backend.image.name", "todo-backend:latest", "an image name in lowercase, without a tag"],
  ["backend.image.args", [], "an object"],
  ["backend.selectorLabels", "app=todo", "an object"],
  ["backend.port", 80, "a whole number from 1024 to 65535"],
  ["backend.port", "7860", "a whole number from 1024 to 65535"],
  ["backend.replicas", 0, "a whole number from 1 to 100"],
  ["backend.replicas", 1.5, "a whole number from 1 to 100"],
  ["backend.resources.limits.cpu", 1, "a CPU quantity such as 250m or 0.5, in quotes"],
  ["backend.resources.limits.cpu", "0m", "a CPU quantity such as 250m or 0.5"],
  ["backend.resources.limits.memory", "1G", "a memory quantity such as 512Mi or 1Gi"],
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
  ["frontend.probes.liveness.path", "health", "a path that starts with /"],
  ["frontend.probes.liveness.periodSeconds", 0, "a whole number from 1 to 3600"],
  ["rollout.timeoutSeconds", 5, "a whole number from 30 to 3600"],
  ["configMap.logLevel", "verbose", "one of trace, debug, info, warn, error, fatal"],
  ["secrets.keys.JWT_SECRET", "JWT SECRET", DATA_KEY],
  ["postgres.storage", "one", "a memory quantity such as 512Mi or 1Gi"],
  ["chart.values", "x=y", "an object"],
];

/** Keys that Kubernetes takes for no such thing. */
const wrongKeys: [path: string, key: string, expected: string][] = [
  ["backend.selectorLabels", "todo app", LABEL_KEY],
  ["backend.env", "LOG-LEVEL", "a variable's name: letters, digits, '_', not a digit first"],
  ["configMap.data", "LOG LEVEL", DATA_KEY],
];

describe("settings: errors", () => {
  for (const [path, value, expected] of wrong) {
    it(`${path} = ${JSON.stringify(value)}: ${expected}`, () => {
      // A list's first element is given as the whole list.
      const list = path.endsWith(".0");
      const settings = list ? setting(path.slice(0, -2), [value]) : setting(path, value);
      // How to set a string has its own test.
      const problems = problemsOf(settings).map((problem) => ({
        ...problem,
        expected: problem.expected.replace(/: put it in quotes.*/, ""),
      }));
      assert.deepEqual(problems, [
        { key: path, found: JSON.stringify(value), expected: expected.replace(", in quotes", "") },
      ]);
    });
  }

  for (const [path, key, expected] of wrongKeys) {
    it(`${path}: {${JSON.stringify(key)}: …}: ${expected}`, () => {
      assert.deepEqual(problemsOf(setting(path, { [key]: "x" })), [
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
    assert.equal(two[1], `  namespace: found "A"; expected ${NAME}`);
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
