import type { Tool } from "../../../lib/versions";
import { toolVersions } from "../../../lib/versions";

/** A tool's release for one system, as its makers publish it. */
export interface Release {
  url: string;
  /** A file whose first word is the SHA-256 of the release. */
  checksumUrl: string;
  /** Name of the program inside the archive; undefined where the release is the program itself. */
  inArchive?: string;
}

/** Go's names for this system, which releases are named after. */
export interface System {
  os: "linux" | "darwin" | "windows";
  arch: "amd64" | "arm64";
}

/** This system, or undefined where the tools' makers publish nothing for it. */
export function thisSystem(
  platform: string = process.platform,
  arch: string = process.arch,
): System | undefined {
  const os = ({ linux: "linux", darwin: "darwin", win32: "windows" } as const)[platform];
  const cpu = ({ x64: "amd64", arm64: "arm64" } as const)[arch];
  return os === undefined || cpu === undefined ? undefined : { os, arch: cpu };
}

/** Where a tool's release is. Pulumi isn't among them: its npm package brings the CLI. */
export function releaseOf(tool: Exclude<Tool, "pulumi">, { os, arch }: System): Release {
  const version = toolVersions[tool];
  const exe = os === "windows" ? ".exe" : "";
  switch (tool) {
    case "kubectl": {
      const url = `https://dl.k8s.io/release/v${version}/bin/${os}/${arch}/kubectl${exe}`;
      return { url, checksumUrl: `${url}.sha256` };
    }
    case "helm": {
      const extension = os === "windows" ? "zip" : "tar.gz";
      const url = `https://get.helm.sh/helm-v${version}-${os}-${arch}.${extension}`;
      return { url, checksumUrl: `${url}.sha256sum`, inArchive: `${os}-${arch}/helm${exe}` };
    }
    case "minikube": {
      const url = `https://storage.googleapis.com/minikube/releases/v${version}/minikube-${os}-${arch}${exe}`;
      return { url, checksumUrl: `${url}.sha256` };
    }
  }
}

/** The host from which Pulumi's own installer and its plugins come. */
export const pulumiReleases = "https://get.pulumi.com/install.sh";

/**
 * What has to be in reach to make a Minikube from its makers' images and to build on official base
 * images: the registries of both.
 */
export const clusterReleases = ["https://gcr.io/v2/", "https://registry-1.docker.io/v2/"] as const;

/** The URLs that decide whether a tool can be installed. */
export function probesOf(tool: Tool, system: System): string {
  return tool === "pulumi" ? pulumiReleases : releaseOf(tool, system).checksumUrl;
}
