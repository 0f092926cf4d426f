import type { Tool } from "../../../lib/versions";
import { toolVersions } from "../../../lib/versions";

/** The official release of a tool for one system. */
export interface Release {
  url: string;
  /** File whose first word is the SHA-256 of the release. */
  checksumUrl: string;
  /** Name of the program inside the archive; undefined where the release is the program itself. */
  inArchive?: string;
}

/** A system by Go's names, which releases use. */
export interface System {
  os: "linux" | "darwin" | "windows";
  arch: "amd64" | "arm64";
}

/** Returns this system, or undefined where there are no releases for it. */
export function thisSystem(
  platform: string = process.platform,
  arch: string = process.arch,
): System | undefined {
  const os = ({ linux: "linux", darwin: "darwin", win32: "windows" } as const)[platform];
  const cpu = ({ x64: "amd64", arm64: "arm64" } as const)[arch];
  return os === undefined || cpu === undefined ? undefined : { os, arch: cpu };
}

/** Returns the release of a tool. Pulumi is installed by its npm package instead. */
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

/** Host of Pulumi's installer and plugins. */
export const PULUMI_RELEASES = "https://get.pulumi.com/install.sh";

/** The registries of Minikube's images and of the official base images. */
export const clusterRegistries = [
  "https://gcr.io/v2/",
  "https://registry-1.docker.io/v2/",
] as const;

/** Returns the URL that decides whether a tool can be installed. */
export function probeUrl(tool: Tool, system: System): string {
  return tool === "pulumi" ? PULUMI_RELEASES : releaseOf(tool, system).checksumUrl;
}
