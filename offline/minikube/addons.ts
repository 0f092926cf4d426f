import { metricsServerImage } from "../cluster-images";
import type { Progress } from "../../lib/progress/progress";
import { runMinikube } from "./command";
import { ensureInNode } from "./node";
import type { Profile } from "./profile";

const metricsServer = "metrics-server";
/** Addons that every cluster starts with. */
const builtIn = ["storage-provisioner", "default-storageclass"];

/** Whether an addon can be had from package registries. */
export function canHave(addon: string): boolean {
  return addon === metricsServer || builtIn.includes(addon);
}

/** Switches on the wanted addons that can be had, and says which can't. */
export async function ensureAddons(
  profile: Profile,
  wanted: readonly string[],
  progress: Progress,
): Promise<void> {
  const left = wanted.filter((addon) => !canHave(addon) && !profile.addons.includes(addon));
  if (left.length > 0) {
    progress.note(
      `addons left out: ${left.join(", ")} (their images come from registries of images, which the sandbox does without)`,
    );
  }
  if (!wanted.includes(metricsServer)) return;
  const item = metricsServerImage();
  await ensureInNode(profile, item, progress);
  if (profile.addons.includes(metricsServer)) return;
  const [registry, ...path] = item.image.split("/");
  await progress.step(`addon ${metricsServer}`, () =>
    runMinikube(
      [
        ...["addons", "enable", metricsServer, `--profile=${profile.name}`],
        `--images=MetricsServer=${path.join("/")}`,
        `--registries=MetricsServer=${registry ?? ""}`,
      ],
      { log: `minikube-${profile.name}-addons` },
    ),
  );
}
