import { UserError } from "../../lib/errors";
import type { RecordedNamespace } from "../../lib/kubernetes/cluster-identity";
import type { Kubectl } from "../../lib/kubernetes/kubectl";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import type { Finding } from "../doctor/finding";
import type { PodList } from "../doctor/pod";
import { type Environment, kubectlOf } from "../environment/environment";
import { createdNamespaces, type StackState } from "../stack/state";
import { namespaceHolders } from "./holders";
import { type LimitRange, limitRangesFinding } from "./limit-ranges";
import { namespaceFinding, type NamespaceObject } from "./namespace";
import { neededApis, optionalApiFinding } from "./optional-apis";
import {
  accessReviews,
  deniedPermissions,
  neededPermissions,
  permissionsFinding,
  reviewArguments,
} from "./permissions";
import { type ResourceQuota, resourceQuotasFinding } from "./resource-quotas";
import { serviceMeshFinding } from "./service-mesh";

/** What the checks need to know of the machine and the stack. */
export type PreconditionEnvironment = Pick<
  Environment,
  "stack" | "settings" | "target" | "tools" | "env"
>;

/**
 * Checks what a deployment requires of its cluster: the namespace, permissions, quotas and limits, and APIs
 * that not every cluster has. `npm run doctor` reports the findings; `up` and `preview` refuse to start where
 * one has to be fixed. What the kubeconfig's user may not read is left out.
 *
 * @param created the namespaces that the stack has created.
 */
export async function preconditionFindings(
  environment: PreconditionEnvironment,
  created: Promise<readonly RecordedNamespace[]>,
): Promise<Finding[]> {
  const { settings, target, stack } = environment;
  const kubectl = kubectlOf(environment);
  const reading = readNamespace(kubectl, settings.namespace);
  const [namespace, limits, denied, apis] = await Promise.all([
    reading,
    readLimits(environment, kubectl),
    reading.then(({ readable, found }) =>
      // A namespace that can't be read has to be there unless the program creates it.
      readDenied(settings, kubectl, readable ? found !== undefined : !settings.namespaceCreate),
    ),
    Promise.all(
      neededApis(settings).map(async (api) => {
        const answer = await kubectl.run(["get", "--raw", `/apis/${api.path}`]);
        // An API that is known but doesn't answer yet is there: its pods are starting.
        const unknown =
          answer.code !== 0 && /NotFound|could not find the requested/.test(answer.stderr);
        if (answer.code !== 0 && !unknown) return [];
        const text = answer.code === 0 ? answer.stdout : undefined;
        return [optionalApiFinding(api, text, target, stack)];
      }),
    ),
  ]);
  return [
    ...(namespace.readable
      ? [
          namespaceFinding({
            settings,
            found: namespace.found,
            holders: namespace.holders,
            created: (await created).flatMap(({ uid }) => uid ?? []),
            target,
            stack,
          }),
        ]
      : []),
    permissionsFinding(denied, settings, stack),
    ...limits,
    ...serviceMeshFinding(namespace.found),
    ...apis.flat(),
  ];
}

/**
 * Checks the preconditions before an update, and says what is worth knowing.
 *
 * @throws UserError that names everything that has to be fixed.
 */
export async function assertPreconditions(
  environment: PreconditionEnvironment,
  stackState: StackState,
  progress: Pick<ConsoleProgress, "say">,
): Promise<void> {
  const created = Promise.resolve(createdNamespaces(stackState));
  const findings = await preconditionFindings(environment, created);
  for (const { state, found, hint } of findings) {
    if (state === "note") progress.say(`· ${found}${hint === undefined ? "" : `\n  → ${hint}`}`);
  }
  const wrong = findings.filter(({ state }) => state === "fix");
  const [first, ...others] = wrong;
  if (first === undefined) return;
  throw new UserError(
    [first, ...others].map(({ found }) => found).join("\n  "),
    wrong.map(({ hint = "" }) => hint).join("\n  → "),
  );
}

async function readNamespace(
  kubectl: Kubectl,
  name: string,
): Promise<{ readable: boolean; found: NamespaceObject | undefined; holders: string[] }> {
  const result = await kubectl.run([
    ...["get", "namespace", name, "--ignore-not-found", "--show-managed-fields", "-o", "json"],
  ]);
  if (result.code !== 0) return { readable: false, found: undefined, holders: [] };
  const text = result.stdout.trim();
  const found = text === "" ? undefined : (JSON.parse(text) as NamespaceObject);
  const ends = found?.metadata.deletionTimestamp !== undefined;
  return { readable: true, found, holders: ends ? await namespaceHolders(kubectl, name) : [] };
}

async function readDenied(
  settings: PreconditionEnvironment["settings"],
  kubectl: Kubectl,
  namespaceExists: boolean,
): Promise<ReturnType<typeof deniedPermissions>> {
  const needed = neededPermissions(settings, namespaceExists);
  const answers = await kubectl.run(reviewArguments, { input: accessReviews(needed) });
  return answers.code === 0 ? deniedPermissions(needed, answers.stdout) : [];
}

async function readLimits(
  { settings, stack }: PreconditionEnvironment,
  kubectl: Kubectl,
): Promise<Finding[]> {
  const { namespace } = settings;
  const kinds = await kubectl.run([
    "get",
    "resourcequotas,limitranges",
    "-n",
    namespace,
    "-o",
    "json",
  ]);
  if (kinds.code !== 0) return [];
  const { items } = JSON.parse(kinds.stdout) as { items: ({ kind: string } & object)[] };
  const quotas = items.filter(({ kind }) => kind === "ResourceQuota") as unknown as ResourceQuota[];
  const ranges = items.filter(({ kind }) => kind === "LimitRange") as unknown as LimitRange[];
  const pods =
    quotas.length === 0 ? [] : await readPods(kubectl, namespace, settings.chart.releaseName);
  return [
    ...(quotas.length === 0 ? [] : [resourceQuotasFinding(settings, quotas, pods, stack)]),
    ...(ranges.length === 0 ? [] : [limitRangesFinding(settings, ranges, stack)]),
  ];
}

async function readPods(
  kubectl: Kubectl,
  namespace: string,
  release: string,
): Promise<PodList["items"]> {
  const selector = `app.kubernetes.io/instance=${release}`;
  const found = await kubectl.run(["get", "pods", "-n", namespace, "-l", selector, "-o", "json"]);
  return found.code === 0 ? (JSON.parse(found.stdout) as PodList).items : [];
}
