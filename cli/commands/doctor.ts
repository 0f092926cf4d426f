import { UserError } from "../../lib/errors";
import type { RecordedNamespace } from "../../lib/kubernetes/cluster-identity";
import { run } from "../../lib/process/run";
import { pathOf } from "../../lib/process/which";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { type Tool, versionArguments } from "../../lib/versions";
import { parseArguments, refuseFurther } from "../arguments";
import { credentialHelpersFinding } from "../doctor/checks/credential-helpers";
import { deployedToFinding } from "../doctor/checks/deployed-to";
import { dockerEngineFinding } from "../doctor/checks/docker-engine";
import { encryptionSaltFinding } from "../doctor/checks/encryption-salt";
import { languageHostFinding } from "../doctor/checks/language-host";
import { nodeVersionFinding } from "../doctor/checks/node-version";
import { passphraseFinding } from "../doctor/checks/passphrase";
import { pluginsFinding } from "../doctor/checks/plugins";
import { readLocks, stackLockFinding } from "../doctor/checks/stack-lock";
import { toolFinding } from "../doctor/checks/tool";
import { clusterFindings } from "../doctor/cluster-findings";
import { type Finding, reportLines } from "../doctor/finding";
import { detect } from "../environment/detect/detect";
import { detectTools } from "../environment/detect/detect-tools";
import type { Detected, DetectedTools } from "../environment/environment";
import { refreshStandIns } from "../environment/provide/plugins";
import { exportLines, type VariableChanges } from "../environment/variables";
import { chosenBackend } from "../stack/backend";
import { foreignSalt } from "../stack/encryption-salt";
import { compareCluster } from "../stack/same-cluster";
import { prepareBackend } from "../stack/select-stack";
import { stackFile } from "../stack/stack-config";
import { createdNamespaces } from "../stack/state";
import type { Command } from "./command";

/** `npm run doctor`: shows what is wrong, each with its fix, and the environment for running pulumi by hand. */
export const doctor: Command = {
  summary: "check everything that a deployment depends on, and print the environment for pulumi",
  help: `npm run doctor [-- --stack <stack>]

Checks Node.js, tools, plugins, docker engine, settings, cluster, whether it is the one that the stack is
deployed to, the node's size against the stack's requests, ports, the Helm release, pods and the stack's lock,
and says how to fix each problem.
Changes neither the project nor the cluster. Exit code 1 where something has to be fixed.

Ends with the lines to paste into a shell before you type \`pulumi up --stack dev\` by hand.`,
  async run({ root, argv, progress, shell = process.env }) {
    const { stack, rest } = parseArguments(argv);
    refuseFurther("doctor", rest);
    const tools = await detectTools(root, shell);
    // The lines at the end name folders, a passphrase and plugins, which have to exist.
    const damage = prepared(tools, progress);
    await refreshStandIns(tools);
    const findings = [...damage, ...(await findAll(root, stack, progress))];
    // What pulumi needs by hand, too.
    const file = stackFile(root, stack);
    findings.push(...encryptionSaltFinding(file, await foreignSalt(file, tools.env)));
    for (const line of reportLines(findings)) progress.say(line);
    showEnvironment(tools.added, shell, stack, progress);
    const wrong = findings.filter(({ state }) => state === "fix").length;
    progress.say("");
    progress.say(
      wrong === 0
        ? `Nothing to fix. Done in ${progress.total()}`
        : `${wrong === 1 ? "1 thing" : `${wrong} things`} to fix.`,
    );
    return wrong === 0 ? 0 : 1;
  },
};

/** Creates the folder of the state and the passphrase; what is wrong with these is a finding. */
function prepared(tools: DetectedTools, progress: ConsoleProgress): Finding[] {
  try {
    prepareBackend(tools, progress);
    return [];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return [{ check: "passphrase", state: "fix", found: error.message, hint: error.hint }];
  }
}

async function findAll(root: string, stack: string, progress: ConsoleProgress): Promise<Finding[]> {
  const node = nodeVersionFinding(process.versions.node);
  try {
    return [node, ...(await inspect(await detect(root, stack), progress))];
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    // Without settings nothing is known of the cluster.
    return [node, { check: "settings", state: "fix", found: error.message, hint: error.hint }];
  }
}

async function inspect(environment: Detected, progress: ConsoleProgress): Promise<Finding[]> {
  const { needs, tools, plugins, docker, offline, stack, config, directories } = environment;
  const comparing = compareCluster(environment, progress);
  const versions = Promise.all(needs.tools.map((tool) => versionOf(environment, tool)));
  const [toolFindings, cluster, deployed] = await Promise.all([
    versions,
    clusterFindings(environment, created(comparing)),
    deployedTo(comparing, stack),
  ]);
  const offlineEngine = offline.unsupported === undefined && offline.tools.minikube !== undefined;
  const { root, env } = environment;
  const backendUrl = chosenBackend(root, env)?.url ?? "";
  return [
    ...toolFindings,
    ...(tools.pulumi ? [languageHostFinding(tools.pulumi, pathOf(environment.env))] : []),
    pluginsFinding(plugins),
    dockerEngineFinding(docker, { needed: needs.engine, offlineEngine }),
    ...credentialHelpersFinding(environment.env),
    { check: "settings", state: "ok", found: `of stack ${stack} are valid` },
    ...cluster,
    deployed,
    stackLockFinding(readLocks({ backendUrl, root, project: config.project, stack }), stack),
    passphraseFinding(process.env, directories.state),
  ];
}

async function deployedTo(
  comparing: ReturnType<typeof compareCluster>,
  stack: string,
): Promise<Finding> {
  try {
    return deployedToFinding(await comparing, stack);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { check: "deployed to", state: "fix", found: error.message, hint: error.hint };
  }
}

/** The namespaces that the stack has created; none where there is no state that can be read. */
function created(
  comparing: ReturnType<typeof compareCluster>,
): Promise<readonly RecordedNamespace[]> {
  return comparing.then(
    (comparison) => (comparison === undefined ? [] : createdNamespaces(comparison.state)),
    () => [],
  );
}

async function versionOf(
  { tools, env }: Pick<Detected, "tools" | "env">,
  tool: Tool,
): Promise<Finding> {
  const located = tools[tool];
  if (located === undefined) return toolFinding(tool, located, undefined);
  const result = await run(located.file, versionArguments[tool], { env, timeoutMs: 20_000 });
  const version = /v?\d+\.\d+\.\d+\S*/.exec(result.stdout)?.[0];
  return toolFinding(tool, located, result.code === 0 ? version : undefined);
}

function showEnvironment(
  added: Readonly<VariableChanges>,
  shell: NodeJS.ProcessEnv,
  stack: string,
  progress: ConsoleProgress,
): void {
  progress.say("");
  const lines = exportLines(added, shell);
  if (lines.length === 0) {
    progress.say(
      `\`pulumi up --stack ${stack}\` can be typed as it is: this shell has what it needs.`,
    );
    return;
  }
  progress.say(`To type \`pulumi up --stack ${stack}\` by hand, first:`);
  for (const line of lines) progress.say(`  ${line}`);
}
