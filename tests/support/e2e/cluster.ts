import type { Project } from "./project";

interface PodList {
  items: { metadata: { uid: string; deletionTimestamp?: string } }[];
}

/** The cluster of a project, by kubectl. */
export class ClusterView {
  readonly #project: Project;
  readonly #context: string;
  readonly #namespace: string;

  constructor(project: Project, context: string, namespace: string) {
    this.#project = project;
    this.#context = context;
    this.#namespace = namespace;
  }

  kubectl(...args: string[]): Promise<string> {
    return this.#project.tool(
      "kubectl",
      "--context",
      this.#context,
      "-n",
      this.#namespace,
      ...args,
    );
  }

  /** UIDs of a component's pods that aren't being deleted, sorted: new pods have others. */
  async podUids(component: string): Promise<string[]> {
    const list = JSON.parse(
      await this.kubectl("get", "pods", "-l", `component=${component}`, "-o", "json"),
    ) as PodList;
    return list.items
      .map(({ metadata }) => metadata)
      .filter(({ deletionTimestamp }) => deletionTimestamp === undefined)
      .map(({ uid }) => uid)
      .sort();
  }

  /** One value by SQL, asked in the database's own pod. */
  async sql(query: string): Promise<string> {
    const psql = ["psql", "-U", "todo", "-d", "todo", "-tA", "-c", query];
    return (await this.kubectl("exec", "todo-postgres-0", "--", ...psql)).trim();
  }

  /** Every object of every listable kind in the namespace, as kind/name. */
  async everything(): Promise<string[]> {
    const kinds = (
      await this.kubectl("api-resources", "--verbs=list", "--namespaced", "-o", "name")
    )
      .split("\n")
      .filter((kind) => kind !== "");
    const names = await this.kubectl("get", kinds.join(","), "-o", "name", "--ignore-not-found");
    return names.split("\n").filter((name) => name !== "");
  }
}
