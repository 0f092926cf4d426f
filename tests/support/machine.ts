import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

/**
 * Stands in for Minikube's command: profiles, docker-env and the images of a node, each in a file beside
 * it. As the real one, `image load` says nothing where the daemon lacks the image, and lists Docker Hub's
 * images under their full name.
 */
const minikubeScript = `#!/bin/sh
here=$(dirname "$0")
echo "$*" >> "$here/calls"
profile=minikube
if [ "$1" = -p ]; then profile=$2; shift 2; fi
case "$1 $2" in
"profile list") cat "$here/profiles" ;;
"docker-env --shell") cat "$here/docker-env" ;;
"image "*)
  if [ -e "$here/gone-$profile" ]; then
    echo "X Exiting due to MK_USAGE: loading profile: cluster \\"$profile\\" does not exist" >&2
    exit 14
  fi
  node=$here/images-$profile
  touch "$node"
  case "$2" in
  ls) cat "$node" ;;
  load) if grep -qxF "$4" "$here/daemon"; then echo "docker.io/library/$4" >> "$node"; fi ;;
  rm)
    if [ -e "$here/busy" ]; then rm "$here/busy"; exit 0; fi
    shift 2
    for image; do grep -vxF "$image" "$node" > "$node.left"; mv "$node.left" "$node"; done ;;
  esac ;;
*) echo "fake minikube: what is $*?" >&2; exit 64 ;;
esac
`;

/** Stands in for kubectl where it is asked for the images of all pods. */
const kubectlScript = `#!/bin/sh
case "$*" in
"--context minikube get pods -A -o jsonpath="*) tr '\\n' ' ' < "$(dirname "$0")/pods" ;;
*) echo "fake kubectl: what is $*?" >&2; exit 64 ;;
esac
`;

/** Stands in for the docker CLI where it is asked for its current context. */
const dockerScript = `#!/bin/sh
case "$1 $2" in
"context inspect") cat "$(dirname "$0")/docker-context" ;;
*) echo "fake docker: what is $*?" >&2; exit 64 ;;
esac
`;

/** What the fake Minikube says of its profile. */
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

/** A folder with a kubeconfig and a `minikube`, which programs find as they would find real ones. */
export class Machine {
  readonly folder = mkdtempSync(join(tmpdir(), "todo-machine-"));
  readonly kubeconfig = join(this.folder, "kubeconfig");
  private readonly before = { PATH: process.env.PATH, KUBECONFIG: process.env.KUBECONFIG };

  /** Makes it and puts it into the environment, until {@link remove}. */
  constructor() {
    mkdirSync(join(this.folder, "bin"));
    writeFileSync(this.file("minikube"), minikubeScript, { mode: 0o755 });
    writeFileSync(
      this.file("docker-env"),
      "DOCKER_TLS_VERIFY=1\nDOCKER_HOST=tcp://127.0.0.1:32769\nDOCKER_CERT_PATH=/home/me/.minikube/certs\n",
    );
    writeFileSync(this.file("kubectl"), kubectlScript, { mode: 0o755 });
    writeFileSync(this.file("docker"), dockerScript, { mode: 0o755 });
    this.setDockerContext("default", "unix:///var/run/docker.sock");
    writeFileSync(this.file("daemon"), "");
    this.setPods();
    this.setProfile("minikube");
    this.setContexts({ name: "minikube", server: "https://127.0.0.1:32771", minikube: true });
    process.env.PATH = [join(this.folder, "bin"), this.before.PATH].join(delimiter);
    process.env.KUBECONFIG = this.kubeconfig;
  }

  setContexts(...contexts: FakeContext[]): void {
    writeFileSync(this.kubeconfig, kubeconfig(contexts));
  }

  setProfile(name: string, { runtime = "docker", ports = null }: FakeProfile = {}): void {
    const config = {
      KubernetesConfig: { ContainerRuntime: runtime },
      Nodes: [{ IP: "192.168.49.2", ControlPlane: true }],
      ExposedPorts: ports,
    };
    writeFileSync(
      this.file("profiles"),
      JSON.stringify({ invalid: [], valid: [{ Name: name, Config: config }] }),
    );
  }

  /** Images that the docker daemon of this machine has. */
  setDaemonImages(...images: string[]): void {
    writeFileSync(this.file("daemon"), lines(images));
  }

  /** The docker CLI's current context. */
  setDockerContext(name: string, host: string): void {
    writeFileSync(this.file("docker-context"), `${name} ${host}\n`);
  }

  /** Images of pods in the cluster. */
  setPods(...images: string[]): void {
    writeFileSync(this.file("pods"), lines(images));
  }

  /** As `minikube delete`: the profile is unknown afterwards, and so are its images. */
  deleteProfile(profile = "minikube"): void {
    rmSync(this.file(`images-${profile}`), { force: true });
    writeFileSync(this.file(`gone-${profile}`), "");
  }

  /** A container still has the images of the node: the next `image rm` leaves them there. */
  setBusy(): void {
    writeFileSync(this.file("busy"), "");
  }

  setImages(images: string[], profile = "minikube"): void {
    writeFileSync(this.file(`images-${profile}`), lines(images));
  }

  images(profile = "minikube"): string[] {
    return this.linesOf(`images-${profile}`);
  }

  /** Arguments of each call of minikube. */
  get calls(): string[] {
    return this.linesOf("calls");
  }

  remove(): void {
    for (const [key, value] of Object.entries(this.before)) {
      if (value === undefined) Reflect.deleteProperty(process.env, key);
      else process.env[key] = value;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  private file(name: string): string {
    return join(this.folder, "bin", name);
  }

  private linesOf(name: string): string[] {
    const path = this.file(name);
    return existsSync(path) ? readFileSync(path, "utf8").split("\n").filter(Boolean) : [];
  }
}

function lines(entries: readonly string[]): string {
  return entries.map((entry) => `${entry}\n`).join("");
}

/** A kubeconfig (JSON is YAML too). */
export function kubeconfig(contexts: readonly FakeContext[]): string {
  const extension = { provider: "minikube.sigs.k8s.io", version: "v1.37.0" };
  return JSON.stringify({
    apiVersion: "v1",
    kind: "Config",
    clusters: contexts.map(({ name, server = "https://127.0.0.1:6443", minikube = false }) => ({
      name: `${name}-cluster`,
      cluster: {
        server,
        ...(minikube && { extensions: [{ name: "cluster_info", extension }] }),
      },
    })),
    contexts: contexts.map(({ name }) => ({ name, context: { cluster: `${name}-cluster` } })),
  });
}
