import { App } from "./app";
import { ClusterView } from "./cluster";
import { Project } from "./project";

/** The tests' own Minikube profile, so that they never touch one that is in use. */
export const PROFILE = "todo-e2e";
const NODE_PORT = 30480;
/** Where the tests' registry answers, on this machine and on the node alike. */
export const REGISTRY_PORT = 30482;
const NAMESPACE = "todo-app";

/** The project under test: stack dev, on a cluster and a NodePort of its own. */
export const project = new Project("main", {
  context: PROFILE,
  minikube: { memory: 6144, publishPorts: [REGISTRY_PORT] },
  frontend: { service: { nodePort: NODE_PORT } },
});

export const cluster = new ClusterView(project, PROFILE, NAMESPACE);
export const app = new App(`http://127.0.0.1:${NODE_PORT}`);

// TODO_CHATBOT_KEEP=1 leaves everything for a look at it; `minikube delete -p todo-e2e` before the next run.
after(async function () {
  this.timeout(300_000);
  if (process.env.TODO_CHATBOT_KEEP === undefined) {
    await project.tool("minikube", "delete", "-p", PROFILE).catch(console.error);
  }
  project.remove();
});
