import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { basename, join } from "node:path";
import { filesBelow } from "../../core/digest";
import { offlineDirectory } from "../../core/paths";
import { type Recipe, recipe } from "../../core/recipe";
import { packLayer } from "../../images/layer";
import { type ImageRecipe, imageRecipe } from "../../images/recipe";
import { baseImages, DEBIAN_RELEASE, postgresPackage } from "../../pins";
import { createDebianRoot } from "../../sources/debian";
import { unpackNpmPackage } from "../../sources/npm";
import { addUser, debianLayer, type User } from "../debian";

const user: User = { name: "postgres", id: 999, home: "/var/lib/postgresql" };
/**
 * The user that the chart runs the server as: initdb needs a name for it. The official image accepts
 * any ID through a library that invents a name.
 */
const ARBITRARY_USER = "app:x:10001:10001::/var/lib/postgresql:/bin/bash\n";
const MAJOR = postgresPackage.version.split(".")[0] ?? "";

/** Debian's psql and pg_isready, which the npm package lacks. An older psql works with a newer server. */
const clientPackages = ["postgresql-client-15", "libreadline8"];
const clientPrograms = ["psql", "pg_isready"];
const serverPrograms = ["postgres", "initdb", "pg_ctl"];
const LIBRARIES = "lib/x86_64-linux-gnu";

/** The settings of the official image: all addresses, and the socket in Debian's folder. */
const SETTINGS = `
listen_addresses = '*'
unix_socket_directories = '/var/run/postgresql'
`;

/** The image of the development database. It follows the contract of the official image of the same name. */
export function postgresBaseImage(): ImageRecipe {
  const debian = debianLayer();
  const client = postgresClient();
  return imageRecipe("base-postgres", baseImages.postgres, {
    needs: [debian, client],
    inputs: {
      postgresPackage,
      user,
      arbitraryUser: ARBITRARY_USER,
      sources: filesBelow(offlineDirectory("base-images", "postgres")),
    },
    config: {
      Env: [
        "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "LANG=C.UTF-8",
        `PG_MAJOR=${MAJOR}`,
        `PGDATA=/var/lib/postgresql/${MAJOR}/docker`,
      ],
      Entrypoint: ["docker-entrypoint.sh"],
      Cmd: ["postgres"],
      // Fast shutdown: on SIGTERM, PostgreSQL would wait until every client disconnects.
      StopSignal: "SIGINT",
      ExposedPorts: { "5432/tcp": {} },
    },
    layers: async (stage, folderOf) => {
      const files = join(stage, "files");
      const bin = join(files, "usr/local/bin");
      const home = join(files, "usr/local/pgsql");
      mkdirSync(bin, { recursive: true });
      await unpackNpmPackage(postgresPackage, join(stage, "package"));
      placeServer(join(stage, "package"), home);
      cpSync(folderOf(client), home, { recursive: true, verbatimSymlinks: true });

      for (const name of serverPrograms) symlinkSync(`../pgsql/bin/${name}`, join(bin, name));
      const scripts = offlineDirectory("base-images", "postgres");
      for (const name of clientPrograms) cpSync(join(scripts, "client.sh"), join(bin, name));
      cpSync(join(scripts, "entrypoint.sh"), join(bin, "docker-entrypoint.sh"));
      mkdirSync(join(files, "docker-entrypoint-initdb.d"));
      addUser(folderOf(debian), files, user);
      appendFileSync(join(files, "etc/passwd"), ARBITRARY_USER);
      for (const [directory, mode] of writableFolders) {
        mkdirSync(join(files, directory), { recursive: true });
        chownSync(join(files, directory), user.id, user.id);
        chmodSync(join(files, directory), mode);
      }
      await packLayer(files, join(stage, "layer.tar"));
      return [join(folderOf(debian), "layer.tar"), join(stage, "layer.tar")];
    },
  });
}

/** Folders that the server writes to, with their modes. Debian's /var/run is a link to /run. */
const writableFolders = [
  ["var/lib/postgresql", 0o1777],
  ["run/postgresql", 0o3777],
] as const;

/** Copies what a server needs from the npm package, and creates the links that npm can't pack. */
function placeServer(directory: string, home: string): void {
  for (const folder of ["bin", "lib", "share"]) {
    cpSync(join(directory, "native", folder), join(home, folder), { recursive: true });
  }
  for (const unused of ["lib/postgresql/pgxs", "lib/pkgconfig"]) {
    rmSync(join(home, unused), { recursive: true, force: true });
  }
  const links = JSON.parse(readFileSync(join(directory, "native/pg-symlinks.json"), "utf8")) as {
    source: string;
    target: string;
  }[];
  for (const { source, target } of links) {
    symlinkSync(basename(source), join(home, target.replace(/^native\//, "")));
  }
  appendFileSync(join(home, "share/postgresql/postgresql.conf.sample"), SETTINGS);
}

/** The client programs from Debian, with the library that neither the Debian layer nor the npm package has. */
function postgresClient(): Recipe {
  const inputs = { debianRelease: DEBIAN_RELEASE, clientPackages, clientPrograms, layout: 1 };
  return recipe(
    "roots/postgres-client",
    "PostgreSQL client from Debian",
    { inputs },
    async (directory, progress) => {
      const root = join(directory, "root");
      await createDebianRoot(
        root,
        { variant: "extract", packages: clientPackages, log: "debian-postgres" },
        progress,
      );
      mkdirSync(join(directory, "bin"));
      mkdirSync(join(directory, "lib"));
      for (const name of clientPrograms) {
        cpSync(join(root, "usr/lib/postgresql/15/bin", name), join(directory, "bin", name));
      }
      cpSync(join(root, LIBRARIES, "libreadline.so.8"), join(directory, "lib/libreadline.so.8"), {
        dereference: true,
      });
      rmSync(root, { recursive: true });
    },
  );
}
