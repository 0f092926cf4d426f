import type { ClusterView } from "./cluster";
import { Project } from "./project";

/** Uses the chart with helm and without Pulumi, on the cluster of a project. */
export class ChartUser {
  readonly #project: Project;
  readonly #context: string;

  constructor(
    project: Project,
    context: string,
    /** NodePort of the frontend that this machine can reach. */
    readonly nodePort: number,
  ) {
    this.#project = project;
    this.#context = context;
  }

  /** A command of helm that must succeed. */
  helm(...args: string[]): Promise<string> {
    return this.#project.tool("helm", "--kube-context", this.#context, ...args);
  }

  /** Installs or upgrades release todo-app from the chart's folder. */
  release(command: "install" | "upgrade", values: string, ...flags: string[]): Promise<string> {
    const port = `frontend.service.nodePort=${this.nodePort}`;
    const chart = ["todo-app", "helm/todo-app", "--values", `helm/todo-app/${values}`];
    return this.helm(command, ...chart, "--set", port, ...flags);
  }

  /** What a command of helm that must fail says. */
  async refusal(work: Promise<string>): Promise<string> {
    const outcome = await work.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (!(outcome instanceof Error)) throw new Error("helm succeeded; it should have failed");
    return outcome.message;
  }

  /** Builds both images in the node's own engine, under the names and tags that the values have. */
  async images(names: Readonly<Record<"backend" | "frontend", readonly string[]>>): Promise<void> {
    for (const [side, tags] of Object.entries(names)) {
      const build = ["docker", "build", ...tags.flatMap((tag) => ["--tag", tag]), `docker/${side}`];
      // `minikube image build` would lose the Dockerfile, which .dockerignore leaves out. The classic builder
      // is in every docker command.
      const env = `eval "$(minikube -p ${this.#context} docker-env --shell bash)"`;
      await this.#project.tool("sh", "-c", `${env} && DOCKER_BUILDKIT=0 ${build.join(" ")}`);
    }
  }

  /** Takes images out of the node again. */
  async removeImages(names: readonly string[]): Promise<void> {
    await this.#project.tool("minikube", "-p", this.#context, "image", "rm", ...names);
  }
}

/** Waits until the rollouts of both web services are complete. */
export async function rolledOut(cluster: ClusterView, prefix = "todo"): Promise<void> {
  for (const side of ["backend", "frontend"]) {
    await cluster.kubectl("rollout", "status", `deployment/${prefix}-${side}`, "--timeout=240s");
  }
}
