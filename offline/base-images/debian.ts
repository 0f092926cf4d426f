import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { keyOf } from "../core/digest";
import { type Recipe, recipe } from "../core/recipe";
import { packLayer } from "../images/layer";
import { DEBIAN_RELEASE } from "../pins";
import { clearMachineIdentity, createDebianRoot } from "../sources/debian";

/** What Node and PostgreSQL need in addition to the smallest Debian. */
const packages = ["ca-certificates", "libstdc++6", "netbase", "tzdata"];

/** The machine's trusted certificates. They contain that of a proxy which re-signs TLS connections. */
const TRUSTED = "/etc/ssl/certs/ca-certificates.crt";

/**
 * The layer of the base images that contains Debian. The machine's trusted certificates replace
 * Debian's, so that `npm ci` in an image build reaches the same registries as the machine.
 */
export function debianLayer(): Recipe {
  const inputs = {
    debianRelease: DEBIAN_RELEASE,
    packages,
    trusted: keyOf(readFileSync(TRUSTED, "utf8")),
    layout: 1,
  };
  return recipe(
    "roots/base",
    "Debian root of the base images",
    { inputs },
    async (directory, progress) => {
      const root = join(directory, "root");
      await createDebianRoot(root, { variant: "minbase", packages, log: "debian-base" }, progress);
      clearMachineIdentity(root);
      cpSync(TRUSTED, join(root, TRUSTED));
      for (const file of accounts) {
        mkdirSync(join(directory, "etc"), { recursive: true });
        cpSync(join(root, "etc", file), join(directory, "etc", file));
      }
      await packLayer(root, join(directory, "layer.tar"));
      rmSync(root, { recursive: true });
    },
  );
}

const accounts = ["passwd", "group", "shadow"] as const;

/** A user of an image, with a group of the same name and ID. */
export interface User {
  name: string;
  id: number;
  home: string;
}

/**
 * Adds a user to an image: writes the account files of Debian with the user to a layer's folder.
 *
 * @param debian the folder of {@link debianLayer}.
 */
export function addUser(debian: string, layer: string, user: User): void {
  const { name, id, home } = user;
  const lines: Record<(typeof accounts)[number], string> = {
    passwd: `${name}:x:${id}:${id}::${home}:/bin/bash`,
    group: `${name}:x:${id}:`,
    shadow: `${name}:!:19000:0:99999:7:::`,
  };
  mkdirSync(join(layer, "etc"), { recursive: true });
  for (const file of accounts) {
    const before = readFileSync(join(debian, "etc", file), "utf8");
    writeFileSync(join(layer, "etc", file), `${before}${lines[file]}\n`, {
      mode: file === "shadow" ? 0o640 : 0o644,
    });
  }
}
