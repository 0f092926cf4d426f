import type { MinikubeProfile } from "../../lib/minikube/profile";
import type { Progress } from "../../lib/progress/progress";
import { metricsServerImage } from "../cluster-images";
import { ensureInNode } from "./node-images";
import { runMinikube } from "./run-minikube";

const METRICS_SERVER = "metrics-server";
/** Addons that Minikube enables in every cluster. */
const builtIn = ["storage-provisioner", "default-storageclass"];

/** Whether an addon can be built from package registries. */
export function isAvailable(addon: string): boolean {
  return addon === METRICS_SERVER || builtIn.includes(addon);
}

/** Enables the requested addons that are available, and reports the others. */
export async function ensureAddons(
  profile: MinikubeProfile,
  requested: readonly string[],
  progress: Progress,
): Promise<void> {
  const left = requested.filter((addon) => !isAvailable(addon) && !profile.addons.includes(addon));
  if (left.length > 0) {
    progress.note(
      `addons left out: ${left.join(", ")} (their images come from image registries, which offline mode doesn't use)`,
    );
  }
  if (!requested.includes(METRICS_SERVER)) return;
  const item = metricsServerImage();
  await ensureInNode(profile, item, progress);
  if (profile.addons.includes(METRICS_SERVER)) return;
  const [registry, ...path] = item.image.split("/");
  await progress.step(`addon ${METRICS_SERVER}`, () =>
    runMinikube(
      [
        ...["addons", "enable", METRICS_SERVER, `--profile=${profile.name}`],
        `--images=MetricsServer=${path.join("/")}`,
        `--registries=MetricsServer=${registry ?? ""}`,
      ],
      { log: `minikube-${profile.name}-addons` },
    ),
  );
}
