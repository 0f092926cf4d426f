import assert from "node:assert/strict";
import { explainEvidence, explainFailure } from "../../../../cli/explain/known-failures";
import { ClusterTarget } from "../../../../lib/kubernetes/target";
import { dockerMessages } from "../../../support/official-messages/docker";
import { helmMessages } from "../../../support/official-messages/helm";
import { kubernetesMessages } from "../../../support/official-messages/kubernetes";
import { target } from "../../../support/target";

const context = { stack: "dev", namespace: "todo-app", release: "todo-app", target };

/** Messages as the tools write them, and what their explanation must name. */
const known: readonly [string, string, RegExp, RegExp][] = [
  [
    "a stuck Helm release",
    "error: another operation (install/upgrade/rollback) is in progress",
    /pending/,
    /helm --kube-context minikube -n todo-app rollback todo-app/,
  ],
  [
    "a NodePort that is taken",
    'Service "todo-frontend" is invalid: spec.ports[0].nodePort: Invalid value: 30080: provided port is already allocated',
    /NodePort 30080/,
    /frontend\.service\.nodePort/,
  ],
  [
    "an image that the node lacks",
    "containers with unready status: [backend] -- [ErrImageNeverPull] Container image is not present",
    /ErrImageNeverPull/,
    /minikube -p minikube image ls/,
  ],
  [
    "a base image that can't be pulled",
    "ERROR: failed to resolve source metadata for docker.io/library/node:24: dial tcp: lookup registry",
    /docker\.io\/library\/node:24\./,
    /images\.nodeImage/,
  ],
  [
    "a credential helper that is named but missing",
    'error: error listing credentials - err: exec: "docker-credential-desktop": executable file not found in $PATH, out: ``',
    /docker-credential-desktop, which isn't on PATH/,
    /credsStore/,
  ],
  [
    "too little CPU",
    "0/1 nodes are available: 1 Insufficient cpu. preemption: 0/1 nodes are available",
    /enough cpu/,
    /minikube\.cpus/,
  ],
  [
    "too little memory",
    "0/1 nodes are available: 1 Insufficient memory.",
    /enough memory/,
    /minikube\.memory/,
  ],
  [
    "a docker daemon that is away",
    "Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?",
    /docker daemon/,
    /npm run up/,
  ],
  [
    "a wrong passphrase",
    "error: getting stack configuration: get stack secrets manager: incorrect passphrase",
    /passphrase/,
    /PULUMI_CONFIG_PASSPHRASE/,
  ],
  [
    "a locked stack",
    "error: the stack is currently locked by 1 lock(s). Either wait for the other process(es)",
    /update of this stack/,
    /npm run pulumi -- cancel --stack dev --yes/,
  ],
  [
    "wrong settings",
    "Error: 2 settings are wrong:\n  a: found 1; expected 2",
    /Settings are wrong/,
    /Pulumi\.dev\.yaml/,
  ],
  [
    "a cluster that is away",
    "error: configured Kubernetes cluster is unreachable: unable to load schema information",
    /"minikube" doesn't answer/,
    /npm run up/,
  ],
  [
    "a plugin that can't be downloaded",
    "Could not automatically download and install resource plugin 'pulumi-resource-docker' at version v5.2.0",
    /plugin/,
    /npm run up/,
  ],
  [
    "a failed migration",
    "release todo-app failed: pre-install hooks failed: job failed: BackoffLimitExceeded",
    /migration/,
    /component=migration/,
  ],
  [
    "an object of someone else",
    'resource services "todo-backend" already exists',
    /services "todo-backend"/,
    /namespace/,
  ],
  [
    "an object of the owner before",
    'Unable to continue with install: Service "todo-backend" in namespace "todo-app" exists and cannot be imported into the current release: invalid ownership metadata',
    /made by someone else/,
    /`workloads` has been changed.*npm run destroy -- --stack/,
  ],
  [
    "an object that the API doesn't have any more",
    'error: deployments.apps "todo-backend" not found',
    /deployments\.apps "todo-backend" is in the stack's state, but not in the cluster/,
    /npm run up -- --refresh --stack/,
  ],
  [
    "a pod's Secret that isn't there",
    '[CreateContainerConfigError] secret "todo-secrets" not found',
    /refers to something that isn't there: secret "todo-secrets"/,
    /get secrets,configmaps.*Pulumi\.dev\.yaml/,
  ],
  [
    "a key that a pod's Secret lacks",
    "[CreateContainerConfigError] couldn't find key JWT_SECRET in Secret todo-app/todo-secrets",
    /key JWT_SECRET in Secret todo-app\/todo-secrets/,
    /kubectl --context minikube -n todo-app get/,
  ],
  [
    "a crash",
    "[CrashLoopBackOff] back-off 5m0s restarting failed container",
    /ends again and again/,
    /doctor/,
  ],
  ["a full disk", "write /var/lib/docker: no space left on device", /full/, /prune/],
];

describe("known failures", () => {
  for (const [what, said, cause, hint] of known) {
    it(`explain ${what}`, () => {
      const explanation = explainFailure(`Diagnostics:\n${said}\n`, context);
      assert.ok(explanation, "nothing in the table fits");
      assert.match(explanation.cause, cause);
      assert.match(explanation.hint, hint);
    });
  }
  for (const { what, text, cause, hint } of [
    ...helmMessages,
    ...kubernetesMessages,
    ...dockerMessages,
  ]) {
    it(`explain, in the official words: ${what}`, () => {
      const explanation = explainFailure(`Diagnostics:\n${text}\n`, context);
      assert.ok(explanation, "nothing in the table fits");
      assert.match(explanation.cause, cause);
      assert.match(explanation.hint, hint);
    });
  }
  it("name the settings file of a stack that is given with its organization", () => {
    const qualified = { ...context, stack: "acme/todo-chatbot/prod" };
    const texts = [
      ...known.map(([, said]) => said),
      ...[...helmMessages, ...kubernetesMessages, ...dockerMessages].map(({ text }) => text),
    ];
    const hints = texts.map((text) => explainFailure(text, qualified)?.hint ?? "");
    const files = hints.flatMap((hint) => hint.match(/Pulumi\.[\w./-]+\.yaml/g) ?? []);
    assert.deepEqual(new Set(files), new Set(["Pulumi.prod.yaml"]));
  });
  it("name the cause rather than its consequence", () => {
    const said =
      "timed out waiting for the condition\n0/1 nodes are available: 1 Insufficient cpu.";
    assert.match(explainFailure(said, context)?.cause ?? "", /enough cpu/);
  });
  it("name what the API server refused rather than what pulumi says of it", () => {
    const refused =
      'Error creating: pods "x" is forbidden: exceeded quota: compute, requested: pods=1';
    const diagnostics =
      "failed pre-install: 1 error occurred:\n\t* timed out waiting for the condition";
    const pods = "todo-app/todo-backend-1: CrashLoopBackOff: back-off 40s";
    const evidence = [refused, diagnostics, pods];
    assert.match(
      explainEvidence(evidence, context)?.explanation.cause ?? "",
      /ResourceQuota compute/,
    );
    assert.match(
      explainEvidence(evidence.slice(1), context)?.explanation.cause ?? "",
      /again and again/,
    );
    assert.match(
      explainEvidence([diagnostics], context)?.explanation.cause ?? "",
      /migration failed/,
    );
  });
  it("name the cluster by its context and kubeconfig", () => {
    const other = new ClusterTarget({ context: "other", kubeconfig: "/k 1" }, {});
    const pending = "another operation (install/upgrade/rollback) is in progress";
    const { hint = "" } = explainFailure(pending, { ...context, target: other }) ?? {};
    assert.match(hint, /`helm --kube-context other --kubeconfig '\/k 1' -n todo-app rollback/);
  });
  it("leave what isn't known to Pulumi's own words", () => {
    assert.equal(explainFailure("error: something new", context), undefined);
  });
});
