import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../lib/process/run";
import { type Found, printedCommands, unboundProcesses } from "../support/cluster-commands";
import { ROOT } from "../support/stacks";

/**
 * Rooms whose commands reach the cluster of the settings. Offline mode is none of them: it makes the cluster of its
 * own profile, before there are settings. The stand-ins take the kubeconfig from the provider's configuration.
 */
const rooms = ["cli", "components", "lib", "policies", "settings", "index.ts"];

/** The file of ClusterTarget, from which commands and arguments come. */
const SOURCE = "lib/kubernetes/target.ts";

/** A command that doesn't name the cluster of the settings, and why it needs not. */
interface Exception {
  file: string;
  /** What the text has in it. */
  text: string;
  why: string;
}

const HELP =
  "the help of a command is printed before settings are read; it names commands, and none to paste";

const printed: readonly Exception[] = [
  { file: "cli/commands/destroy.ts", text: "`minikube delete` deletes a cluster", why: HELP },
  { file: "cli/commands/drift.ts", text: "`helm rollback`", why: HELP },
  {
    file: "cli/preconditions/permissions.ts",
    text: "kubectl create rolebinding",
    why: "the cluster's administrator runs it, with a kubeconfig of their own",
  },
  {
    file: "components/cluster/addresses.ts",
    text: "kubectl --kubeconfig",
    why: "an output of the stack, the same for every user: its ~ stays one, while ClusterTarget expands it",
  },
  {
    file: "components/cluster/host-docker-endpoint.ts",
    text: "docker-env --unset",
    why: "prints what undoes the shell's variables, without a look at the cluster",
  },
  {
    file: "lib/kubernetes/objects.ts",
    text: "`helm template`",
    why: "renders the chart without a cluster",
  },
  {
    file: "lib/minikube/profile.ts",
    text: "minikube delete -p",
    why: "reads Minikube's folder, which doesn't depend on a kubeconfig, before the target is known",
  },
  {
    file: "settings/sections/web-service.ts",
    text: "`minikube tunnel`",
    why: "describes a setting in the documents",
  },
];

const started: readonly Exception[] = [
  {
    file: "cli/bootstrap/child.mjs",
    text: "spawn(file, args",
    why: "starts npm and the command line itself",
  },
  {
    file: "cli/commands/doctor.ts",
    text: "versionArguments[tool]",
    why: "asks the tool for its own version",
  },
  {
    file: "cli/environment/detect/pulumi-version.ts",
    text: "versionArguments.pulumi",
    why: "pulumi, which takes the cluster from the program",
  },
  {
    file: "components/images/node-image.ts",
    text: "execFile(file, args",
    why: "becomes part of the state, and can't import ClusterTarget: it takes the setting as an argument",
  },
  {
    file: "lib/kubernetes/helm-template.ts",
    text: 'run("helm", args',
    why: "renders the chart without a cluster",
  },
  { file: "lib/process/run.ts", text: "execa(file, args", why: "is run itself" },
  { file: "lib/process/run.ts", text: "run(file, args, options)", why: "is runOrThrow itself" },
  {
    file: "lib/process/run-in-foreground.ts",
    text: "execa(file, args",
    why: "is runInForeground itself",
  },
];

async function sources(): Promise<[string, string][]> {
  const { stdout } = await run("git", ["ls-files", "-z", ...rooms], { cwd: ROOT });
  return stdout
    .split("\0")
    .filter((file) => /\.(?:ts|mjs)$/.test(file) && file !== SOURCE)
    .map((file) => [file, readFileSync(path.join(ROOT, file), "utf8")]);
}

/** Asserts that all that was found is an exception, and that every exception is needed. */
function assertOnly(found: readonly Found[], exceptions: readonly Exception[]): void {
  const fits = (one: Found, { file, text }: Exception) =>
    one.file === file && one.text.includes(text);
  const others = found.filter((one) => !exceptions.some((exception) => fits(one, exception)));
  assert.deepEqual(
    others.map(({ file, line, text }) => `${file}:${line}: ${text}`),
    [],
    "take the command from ClusterTarget, which adds context and kubeconfig, or name the exception with its reason",
  );
  const unused = exceptions.filter((exception) => !found.some((one) => fits(one, exception)));
  assert.deepEqual(unused, [], "exceptions of what isn't there any more");
}

describe("commands of the cluster carry its context and kubeconfig", () => {
  it("where they are printed", async () => {
    const files = await sources();
    assert.ok(files.length > 200);
    assertOnly(
      files.flatMap(([file, code]) => printedCommands(file, code)),
      printed,
    );
  });

  it("where they are started", async () => {
    const files = await sources();
    assertOnly(
      files.flatMap(([file, code]) => unboundProcesses(file, code)),
      started,
    );
  });

  it("are missed in texts, and prose and comments aren't taken for them", () => {
    const code = [
      "// kubectl get pods",
      'const a = "`kubectl get pods` shows them";',
      "const b = `eval $(minikube -p ${name} docker-env)`;",
      "const c = `helm ${args.join()} failed`;",
      'const d = "there is no helm on PATH, and minikube starts with kubectl";',
      "const e = target.kubectl('get pods');",
    ].join("\n");
    assert.deepEqual(
      printedCommands("a.ts", code).map(({ line }) => line),
      [2, 3, 4],
    );
  });

  it("are missed in child processes, whatever the program's path is called", () => {
    const code = [
      'run("helm", ["list"]);',
      'run("helm", [...target.helmArguments, "list"]);',
      'execFileSync(file, ["image", "ls"], { env });',
      'execFileSync(file, ["image", "ls"], { env: { ...env, ...target.environment } });',
      'run("docker", ["info"]);',
      'run(toolFile(tools, "pulumi"), ["up"]);',
      'run(toolFile(tools, "kubectl"), ["get", "pods"]);',
      'kubectl.run(["get", "pods"]);',
    ].join("\n");
    assert.deepEqual(
      unboundProcesses("a.ts", code).map(({ line }) => line),
      [1, 3, 7],
    );
  });
});
