import { detectCluster, type DetectedCluster } from "../../cli/environment/detect/cluster";
import { ClusterTarget } from "../../lib/kubernetes/target";
import { Folder } from "./folder";

/** The context "here": its kubeconfig and its Minikube profile in a temporary home. */
export class FakeCluster {
  readonly #home = new Folder();

  /** Writes the kubeconfig's entry. */
  writeKubeconfig(server: string, minikube: boolean): void {
    const extensions = minikube ? [{ extension: { provider: "minikube.sigs.k8s.io" } }] : [];
    const config = {
      clusters: [{ name: "here", cluster: { server, extensions } }],
      contexts: [{ name: "here", context: { cluster: "here" } }],
    };
    this.#home.write("config", JSON.stringify(config));
  }

  /** Writes the profile's file: docker driver, containerd, 30080 on loopback. */
  writeProfile(): void {
    const config = {
      Driver: "docker",
      CPUs: 2,
      Memory: 4096,
      KubernetesConfig: { ContainerRuntime: "containerd" },
      ExposedPorts: ["127.0.0.1:30080:30080"],
    };
    this.#home.write(".minikube/profiles/here/config.json", JSON.stringify(config));
  }

  /** Detects it as the command line does. */
  detect(): Promise<DetectedCluster> {
    const settings = { context: "here", kubeconfig: this.#home.file("config") };
    return detectCluster(new ClusterTarget(settings, {}), {}, this.#home.path);
  }

  remove(): void {
    this.#home.remove();
  }
}
