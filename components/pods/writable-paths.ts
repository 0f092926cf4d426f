import type { WritablePath } from "../../settings";

/** The volumes of a pod whose containers may write to these paths: an emptyDir each. */
export function emptyDirVolumes(paths: readonly WritablePath[]) {
  return paths.map(({ name, sizeLimit }) => ({ name, emptyDir: { sizeLimit } }));
}

/** The mounts of a container's writable paths. */
export function volumeMounts(paths: readonly WritablePath[]) {
  return paths.map(({ name, path }) => ({ name, mountPath: path }));
}
