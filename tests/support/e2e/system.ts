import { App } from "./app";
import { ClusterView } from "./cluster";
import { Project } from "./project";

/** The tests' own Minikube profile, so that they never touch one that is in use. */
export const profile = "todo-e2e";
const nodePort = 30480;
/** Where the tests' registry answers, on this machine and on the node alike. */
export const registryPort = 30482;
const namespace = "todo-app";

/** The project under test: stack dev, on a cluster and a NodePort of its own. */
export const project = new Project("main", {
  context: profile,
  minikube: { memory: 6144, publishPorts: [registryPort] },
  frontend: { service: { nodePort } },
});

export const cluster = new ClusterView(project, profile, namespace);
export const app = new App(`http://127.0.0.1:${nodePort}`);

// TODO_CHATBOT_KEEP=1 leaves everything for a look at it; `minikube delete -p todo-e2e` before the next run.
after(async function () {
  this.timeout(300_000);
  if (process.env.TODO_CHATBOT_KEEP === undefined) {
    await project.tool("minikube", "delete", "-p", profile).catch(console.error);
  }
  project.remove();
});
