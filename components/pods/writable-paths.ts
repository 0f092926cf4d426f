import type * as kubernetes from "@pulumi/kubernetes";
import type { WritablePath } from "../../settings";

/** The volumes of a pod whose containers may write to these paths: an emptyDir each. */
export function emptyDirVolumes(
  paths: readonly WritablePath[],
): kubernetes.types.input.core.v1.Volume[] {
  return paths.map(({ name, sizeLimit }) => ({ name, emptyDir: { sizeLimit } }));
}

/** The mounts of a container's writable paths. */
export function volumeMounts(
  paths: readonly WritablePath[],
): kubernetes.types.input.core.v1.VolumeMount[] {
  return paths.map(({ name, path }) => ({ name, mountPath: path }));
}
