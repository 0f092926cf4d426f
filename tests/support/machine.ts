import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * A fake of Minikube's command: docker-env and the images of a node, each in a file next to it. Like the
 * real one, `image load` reports no error where the daemon lacks the image, and lists Docker Hub's images
 * under their full name.
 */
const MINIKUBE_SCRIPT = `#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/calls"
echo "$KUBECONFIG" >> "$here/kubeconfigs"
profile=minikube
if [ "$1" = -p ]; then profile=$2; shift 2; fi
case "$1 $2" in
"docker-env --shell") cat "$here/docker-env" ;;
"node list") cat "$here/nodes" ;;
"ssh -n") cat "$here/crictl-$3" ;;
"image "*)
  if [ -e "$here/gone-$profile" ]; then
    echo "X Exiting due to MK_USAGE: loading profile: cluster \\"$profile\\" does not exist" >&2
    exit 14
  fi
  node=$here/images-$profile
  touch "$node"
  case "$2" in
  ls) cat "$node" ;;
  load)
    if [ -n "$DOCKER_HOST" ]; then echo "from $DOCKER_HOST $DOCKER_CERT_PATH" >> "$here/calls"; fi
    if grep -qxF "$4" "$here/daemon"; then echo "docker.io/library/$4" >> "$node"; fi ;;
  rm)
    if [ -e "$here/busy" ]; then rm "$here/busy"; exit 0; fi
    shift 2
    for image; do grep -vxF "$image" "$node" > "$node.left"; mv "$node.left" "$node"; done ;;
  esac ;;
*) echo "fake minikube: what is $*?" >&2; exit 64 ;;
esac
`;

/**
 * A fake of kubectl for four questions: the images of all pods, all nodes, the pods of other namespaces that
 * run, the UID of kube-system. Like
 * the real one, it fails where `--kubeconfig` names no file.
 */
const KUBECTL_SCRIPT = `#!/bin/sh
if [ "$3" = --kubeconfig ]; then echo "$3 $4" >> "$(dirname "$0")/kubectl-kubeconfigs"; fi
for argument; do
  if [ "$before" = --kubeconfig ] && [ ! -e "$argument" ]; then
    echo "error: stat $argument: no such file or directory" >&2
    exit 1
  fi
  before=$argument
done
case "$*" in
*"get nodes --output jsonpath="*) echo "\${*%% --output *}" >> "$(dirname "$0")/room"; cat "$(dirname "$0")/cluster-nodes" ;;
*"get pods --all-namespaces --field-selector metadata.namespace!=todo-app,spec.nodeName!=,status.phase!=Succeeded,status.phase!=Failed --output jsonpath="*)
  echo "\${*%% --output *}" >> "$(dirname "$0")/room"; cat "$(dirname "$0")/cluster-pods" ;;
*"get namespace kube-system -o jsonpath={.metadata.uid}")
  if [ ! -e "$(dirname "$0")/uid" ]; then echo 'namespaces "kube-system" is forbidden' >&2; exit 1; fi
  cat "$(dirname "$0")/uid" ;;
"--context minikube "*"get pods -A -o jsonpath="*) tr '\\n' ' ' < "$(dirname "$0")/pods" ;;
*) echo "fake kubectl: what is $*?" >&2; exit 64 ;;
esac
`;

/** A fake of the docker CLI for two questions: its current context, and the platform of an engine. */
const DOCKER_SCRIPT = `#!/bin/sh
case "$1 $2" in
"context inspect") cat "$(dirname "$0")/docker-context" ;;
"version --format")
  echo "$DOCKER_HOST $DOCKER_TLS_VERIFY $DOCKER_CERT_PATH" >> "$(dirname "$0")/asked-engines"
  cat "$(dirname "$0")/docker-platform" ;;
*) echo "fake docker: what is $*?" >&2; exit 64 ;;
esac
`;

/** A profile of the fake Minikube. */
export interface FakeProfile {
  runtime?: "docker" | "containerd";
  ports?: string[] | null;
}

/** A context of the fake kubeconfig. */
export interface FakeContext {
  name: string;
  server?: string;
  minikube?: boolean;
}

type Amounts = Partial<Record<"cpu" | "memory", string>>;

/** A node of the fake cluster. */
export interface FakeNode {
  name?: string;
  cordoned?: boolean;
  taints?: { key: string; effect: string }[];
  allocatable: Amounts;
}

/** A pod of another namespace in the fake cluster, with what its containers request. */
export interface FakePod {
  node?: string;
  containers?: Amounts[];
  sidecars?: Amounts[];
  /** All init containers, sidecars included. */
  initial?: Amounts[];
}

/** A folder with a kubeconfig, Minikube's profiles and fake commands, which the environment names. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "todo-machine-"));
  readonly kubeconfig = join(this.folder, "kubeconfig");
  readonly #before = {
    PATH: process.env.PATH,
    KUBECONFIG: process.env.KUBECONFIG,
    MINIKUBE_HOME: process.env.MINIKUBE_HOME,
  };

  /** Creates the folder and puts it into the environment, until {@link remove}. */
  constructor() {
    mkdirSync(join(this.folder, "bin"));
    writeFileSync(this.#file("minikube"), MINIKUBE_SCRIPT, { mode: 0o755 });
    writeFileSync(
      this.#file("docker-env"),
      "DOCKER_TLS_VERIFY=1\nDOCKER_HOST=tcp://127.0.0.1:32769\nDOCKER_CERT_PATH=/home/me/.minikube/certs\n",
    );
    writeFileSync(this.#file("kubectl"), KUBECTL_SCRIPT, { mode: 0o755 });
    writeFileSync(this.#file("docker"), DOCKER_SCRIPT, { mode: 0o755 });
    this.setDockerContext("default", "unix:///var/run/docker.sock");
    this.setEnginePlatform("linux/riscv64");
    writeFileSync(this.#file("daemon"), "");
    this.setPods();
    this.setNodes({ minikube: [] });
    this.setProfile("minikube");
    this.setContexts({ name: "minikube", server: "https://127.0.0.1:32771", minikube: true });
    process.env.PATH = [join(this.folder, "bin"), this.#before.PATH].join(delimiter);
    process.env.KUBECONFIG = this.kubeconfig;
    process.env.MINIKUBE_HOME = this.folder;
  }

  /** Replaces the contexts of the kubeconfig. */
  setContexts(...contexts: FakeContext[]): void {
    writeFileSync(this.kubeconfig, kubeconfig(contexts));
  }

  /** Replaces the profiles of Minikube by one. */
  setProfile(name: string, { runtime = "docker", ports = null }: FakeProfile = {}): void {
    const profiles = join(this.folder, ".minikube", "profiles");
    rmSync(profiles, { recursive: true, force: true });
    mkdirSync(join(profiles, name), { recursive: true });
    const config = {
      Name: name,
      CPUs: 4,
      Memory: 4096,
      Driver: "docker",
      KubernetesConfig: { ContainerRuntime: runtime },
      Nodes: [{ IP: "192.168.49.2", ControlPlane: true }],
      ExposedPorts: ports,
    };
    writeFileSync(join(profiles, name, "config.json"), JSON.stringify(config));
  }

  /** Sets the images of this machine's docker daemon. */
  setDaemonImages(...images: string[]): void {
    writeFileSync(this.#file("daemon"), lines(images));
  }

  /** Sets the docker CLI's current context. */
  setDockerContext(name: string, host: string, tlsPath?: string): void {
    const context = {
      Name: name,
      Endpoints: { docker: { Host: host, SkipTLSVerify: false } },
      TLSMaterial: tlsPath === undefined ? {} : { docker: ["ca.pem", "cert.pem", "key.pem"] },
      Storage: { MetadataPath: "<IN MEMORY>", TLSPath: tlsPath ?? "<IN MEMORY>" },
    };
    writeFileSync(this.#file("docker-context"), `${JSON.stringify(context)}\n`);
  }

  /** Sets the platform that docker engines report. */
  setEnginePlatform(platform: string): void {
    writeFileSync(this.#file("docker-platform"), `${platform}\n`);
  }

  /** The engines that were asked for their platform, each with its variables. */
  get askedEngines(): string[] {
    return this.#linesOf("asked-engines");
  }

  /** Sets the nodes of the profile and the images in each, which count where there are several. */
  setNodes(nodes: Readonly<Record<string, string[]>>): void {
    writeFileSync(
      this.#file("nodes"),
      lines(Object.keys(nodes).map((name) => `${name}\t10.0.0.1`)),
    );
    for (const [name, tags] of Object.entries(nodes)) {
      const images = tags.map((tag) => ({ repoTags: [tag] }));
      writeFileSync(this.#file(`crictl-${name}`), JSON.stringify({ images }));
    }
  }

  /** Sets the images of pods in the cluster. */
  setPods(...images: string[]): void {
    writeFileSync(this.#file("pods"), lines(images));
  }

  /** Sets the nodes of the cluster, and pods of other namespaces in them; without nodes kubectl fails. */
  setCluster(nodes: readonly FakeNode[] = [], pods: readonly FakePod[] = []): void {
    rmSync(this.#file("room"), { force: true });
    if (nodes.length === 0) {
      rmSync(this.#file("cluster-nodes"), { force: true });
      return;
    }
    const json = (value: unknown) => (value === undefined ? "" : JSON.stringify(value));
    const columns = (rows: string[][]) => lines(rows.map((row) => row.join("\t")));
    writeFileSync(
      this.#file("cluster-nodes"),
      columns(
        nodes.map(({ name = "minikube", cordoned, taints, allocatable }) => [
          ...[name, cordoned === true ? "true" : "", json(taints), json(allocatable)],
        ]),
      ),
    );
    writeFileSync(
      this.#file("cluster-pods"),
      columns(
        pods.map(({ node = "minikube", containers = [], sidecars = [], initial = [] }) => [
          node,
          ...[containers, sidecars, initial].map((requests) => requests.map(json).join(" ")),
        ]),
      ),
    );
  }

  /** What was asked of the room in the cluster, since it was set. */
  get roomCalls(): string[] {
    return this.#linesOf("room");
  }

  /** Lets the user read kube-system, with this UID. */
  setSystemUid(uid: string): void {
    writeFileSync(this.#file("uid"), uid);
  }

  /** Does what `minikube delete` does: neither the profile nor its images exist afterwards. */
  deleteProfile(profile = "minikube"): void {
    rmSync(this.#file(`images-${profile}`), { force: true });
    writeFileSync(this.#file(`gone-${profile}`), "");
  }

  /** Lets a container keep the images of the node: the next `image rm` leaves them there. */
  setBusy(): void {
    writeFileSync(this.#file("busy"), "");
  }

  /** Sets the images of a profile's node. */
  setImages(images: string[], profile = "minikube"): void {
    writeFileSync(this.#file(`images-${profile}`), lines(images));
  }

  /** The images of a profile's node. */
  images(profile = "minikube"): string[] {
    return this.#linesOf(`images-${profile}`);
  }

  /** Arguments of each call of minikube. */
  get calls(): string[] {
    return this.#linesOf("calls");
  }

  /** The kubeconfig in the environment of each call of minikube. */
  get kubeconfigsOfMinikube(): string[] {
    return this.#linesOf("kubeconfigs");
  }

  /** The option with a kubeconfig in each call of kubectl that has one. */
  get kubeconfigsOfKubectl(): string[] {
    return this.#linesOf("kubectl-kubeconfigs");
  }

  /** Restores the environment and removes the folder. */
  remove(): void {
    for (const [key, value] of Object.entries(this.#before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, key);
      else process.env[key] = value;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #file(name: string): string {
    return join(this.folder, "bin", name);
  }

  #linesOf(name: string): string[] {
    const path = this.#file(name);
    return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  }
}

function lines(entries: readonly string[]): string {
  return entries.map((entry) => `${entry}\n`).join("");
}

/** Returns the text of a kubeconfig (JSON is YAML too). */
export function kubeconfig(contexts: readonly FakeContext[]): string {
  const extension = { provider: "minikube.sigs.k8s.io", version: "v1.37.0" };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: contexts.map(({ name, server = "https://127.0.0.1:6443", minikube = false }) => ({
      name,
      cluster: {
        server,
        ...(minikube && { extensions: [{ name: "cluster_info", extension }] }),
      },
    })),
    contexts: contexts.map(({ name }) => ({ name, context: { cluster: name } })),
  });
}
