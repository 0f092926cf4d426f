/** What independent programs say of the chart's objects. They are built by Go, from pinned modules. */
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseManifest } from "../../lib/kubernetes/objects";
import { run } from "../../lib/process/run";
import { at } from "../../lib/pulumi/values";
import type { Manifest, Values } from "../support/chart/helm";
import { chartFile, template } from "../support/chart/helm";
import { AROUND, COMPLETE, DEFAULTS, EVERYTHING, FILES, GIVEN } from "../support/chart/scenarios";
import { ensureCheckers, missingGo } from "../support/checkers";
import { schemaLocation, writeOperatorSchemas, writeSchemas } from "../support/checkers/schemas";

const files = Object.fromEntries(FILES.map((file) => [file, chartFile(file) as Values]));
const SCENARIOS: Readonly<Record<string, Values>> = {
  DEFAULTS,
  AROUND,
  EVERYTHING,
  COMPLETE,
  GIVEN,
  ...files,
};

const NAMES = ["kubeconform", "kube-score", "pod-security"] as const;

/** Kinds of the Prometheus operator, of which Kubernetes' own document knows nothing. */
const OPERATOR = ["PrometheusRule", "ServiceMonitor"];

interface CheckResult {
  code: number | undefined;
  text: string;
}

/** Runs a checker on a text. */
async function check(
  program: string,
  args: readonly string[],
  input: string,
): Promise<CheckResult> {
  const { code, stdout, stderr, notFound } = await run(program, args, { input });
  if (notFound) throw new Error(`there is no ${program}`);
  return { code, text: stdout + stderr };
}

/** The template of the pods that an object makes, or is. */
function podTemplate({ kind, metadata, spec }: Manifest): unknown {
  return kind === "Pod" ? { metadata, spec } : at(spec, "template");
}

describe("chart: checked by other programs", function () {
  let checkers: Awaited<ReturnType<typeof ensureCheckers<(typeof NAMES)[number]>>>;
  let schemas: string;
  const rendered = new Map<string, string>();

  before(async function () {
    const reason = missingGo();
    if (reason !== undefined) {
      // Continuous integration has it: there its absence is a failure.
      assert.ok(process.env.CI === undefined, reason);
      console.log(`      skipped: ${reason}`);
      this.skip();
    }
    this.timeout(600_000);
    checkers = await ensureCheckers(NAMES);
    const kinds = new Set<string>();
    for (const [name, values] of Object.entries(SCENARIOS)) {
      for (const flags of [[], ["--is-upgrade"]]) {
        const text = await template(values, flags);
        rendered.set([name, ...flags].join(" "), text);
        for (const { kind } of parseManifest<Manifest>(text)) kinds.add(kind);
      }
    }
    schemas = mkdtempSync(path.join(tmpdir(), "chart-schemas-"));
    await writeSchemas(schemas, kinds);
    await writeOperatorSchemas(schemas, OPERATOR);
  });
  after(() => {
    if (schemas) rmSync(schemas, { recursive: true });
  });

  const kubeconform = (text: string) =>
    check(
      checkers.kubeconform,
      ["-strict", "-summary", "-schema-location", schemaLocation(schemas)],
      text,
    );

  it("kubeconform: every object fits the Kubernetes version's own schema", async () => {
    for (const [name, text] of rendered) {
      const said = await kubeconform(text);
      assert.equal(said.code, 0, `${name}:\n${said.text}`);
      assert.match(said.text, /Valid: [1-9]\d*, Invalid: 0, Errors: 0, Skipped: 0/, name);
    }
  });

  it("kubeconform refuses a field that doesn't exist, and a wrong type", async () => {
    const text = rendered.get("EVERYTHING") ?? "";
    for (const [from, to] of [
      ["  revisionHistoryLimit: 3", "  revisionHistoryLimits: 3"],
      ["  revisionHistoryLimit: 3", '  revisionHistoryLimit: "3"'],
      ["scrapeTimeout: 10s", "scrapeTimeouts: 10s"],
      ["containerPort: 7860", "containerPort: http"],
    ] as const) {
      assert.ok(text.includes(from));
      const said = await kubeconform(text.replace(from, to));
      assert.notEqual(said.code, 0, to);
    }
  });

  // Written exceptions, with their reasons:
  const EXCEPTIONS = [
    // Images that are built on the node are in no registry: Always would never find them.
    "container-image-pull-policy",
    // Minikube has no load balancer: a NodePort is how a browser gets in.
    "service-type",
  ];
  // Those of single scenarios:
  const OF_SCENARIOS: Readonly<Record<string, readonly string[]>> = {
    // The database is another's, which the policies still find.
    DEFAULTS: ["networkpolicy-targets-pod"],
    // So are the workloads.
    AROUND: ["networkpolicy-targets-pod"],
    // Data model 002 wants user and group 1000.
    "ci/002-todo-app-values.yaml": ["container-security-context-user-group-id"],
    // Data model 004 wants one path for all probes.
    "ci/004-todo-app-values.yaml": ["pod-probes-identical"],
  };
  for (const name of Object.keys(SCENARIOS).flatMap((one) => [one, `${one} --is-upgrade`])) {
    it(`kube-score: nothing critical in ${name}`, async () => {
      const own = OF_SCENARIOS[name.split(" ")[0] ?? ""] ?? [];
      const critical = async (ignored: readonly string[]) => {
        const args = ["score", "--output-format", "ci"];
        for (const test of ignored) args.push("--ignore-test", test);
        const said = await check(checkers["kube-score"], [...args, "-"], rendered.get(name) ?? "");
        assert.match(said.text, /^\[OK\] ./m);
        return said.text.split("\n").filter((line) => line.startsWith("[CRITICAL]"));
      };
      assert.deepEqual(await critical([...EXCEPTIONS, ...own]), []);
      for (const one of own) {
        const others = own.filter((other) => other !== one);
        const found = await critical([...EXCEPTIONS, ...others]);
        assert.notDeepEqual(found, [], `${one} needs no exception any more`);
      }
    });
  }

  it("kube-score finds what is critical", async () => {
    const text = (rendered.get("values/dev.yaml") ?? "").replaceAll(
      "readOnlyRootFilesystem: true",
      "",
    );
    const said = await check(checkers["kube-score"], ["score", "--output-format", "ci", "-"], text);
    assert.match(said.text, /^\[CRITICAL\] .*writable root filesystem/m);
  });

  const podSecurity = (objects: readonly Manifest[], change: (json: string) => string) => {
    const pods = objects.flatMap((object) => {
      const found = podTemplate(object);
      return found === undefined
        ? []
        : [{ name: `${object.kind} ${object.metadata.name}`, template: found }];
    });
    return check(checkers["pod-security"], [], change(JSON.stringify(pods)));
  };

  it("Kubernetes' evaluator: every pod is 'restricted', hooks and tests included", async () => {
    for (const [name, text] of rendered) {
      const said = await podSecurity(parseManifest<Manifest>(text), (json) => json);
      assert.equal(said.code, 0, `${name}:\n${said.text}`);
    }
  });

  it("Kubernetes' evaluator names each pod that isn't", async () => {
    const objects = parseManifest<Manifest>(rendered.get("COMPLETE") ?? "");
    const said = await podSecurity(objects, (json) =>
      json.replaceAll('"allowPrivilegeEscalation":false', '"allowPrivilegeEscalation":true'),
    );
    assert.equal(said.code, 1);
    assert.deepEqual(
      said.text
        .trim()
        .split("\n")
        .map((line) => line.split(":")[0])
        .sort(),
      [
        "Deployment todo-backend",
        "Deployment todo-frontend",
        "Job todo-app-migration-local",
        "Pod todo-app-test-health",
        "Pod todo-app-test-tasks",
        "StatefulSet todo-postgres",
      ],
    );
    assert.match(said.text, /allowPrivilegeEscalation != false/);
  });
});
