import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Project } from "./project";

const IMAGE = "todo-e2e-registry:1";

/** Distribution's registry, Debian's build: configured to keep its images in the container. */
const CONFIG = `version: 0.1
storage:
  filesystem:
    rootdirectory: /tmp/registry
http:
  addr: :5000
`;

const DOCKERFILE = `ARG NODE_IMAGE=node:24.21.0-bookworm-slim
FROM \${NODE_IMAGE}
COPY docker-registry config.yml /
CMD ["/docker-registry", "serve", "/config.yml"]
`;

/** Puts a registry into the cluster, reachable as 127.0.0.1:<its NodePort> by this machine and the node. */
export async function startRegistry(project: Project, profile: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "todo-registry-"));
  try {
    await project.tool(
      "sh",
      "-c",
      `cd ${folder} && apt-get download docker-registry >/dev/null 2>&1`,
    );
    const [archive = ""] = readdirSync(folder);
    await project.tool("dpkg", "-x", join(folder, archive), join(folder, "package"));
    copyFileSync(join(folder, "package/usr/bin/docker-registry"), join(folder, "docker-registry"));
    writeFileSync(join(folder, "config.yml"), CONFIG);
    writeFileSync(join(folder, "Dockerfile"), DOCKERFILE);
    await project.tool("minikube", "-p", profile, "image", "build", "-t", IMAGE, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const context = ["--context", profile, "-n", "registry"];
  await project.tool("kubectl", ...context, "apply", "-f", join(__dirname, "registry.yaml"));
  await project.tool(
    "kubectl",
    ...context,
    "rollout",
    "status",
    "deployment/registry",
    "--timeout=120s",
  );
}
