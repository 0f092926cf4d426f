import * as pulumi from "@pulumi/pulumi";

/** Arguments of {@link DataRecord}: what the data in the volume was created with. */
export interface DataRecordArgs {
  /** Namespace of the volume claim. */
  readonly namespace: pulumi.Input<string>;

  /** Name of the StatefulSet, which the name of the volume claim contains. */
  readonly name: pulumi.Input<string>;

  /** The image: its major version has to stay, where its tag tells it. */
  readonly image: pulumi.Input<string>;

  /** User who owns the files. */
  readonly runAsUser: pulumi.Input<number>;

  /** Name of the database. */
  readonly database: pulumi.Input<string>;

  /** User who owns the database. */
  readonly user: pulumi.Input<string>;

  /** Size of the volume; it may grow. */
  readonly storage: pulumi.Input<string>;

  /** Storage class of the volume; empty: the cluster's default. */
  readonly storageClass: pulumi.Input<string>;

  /**
   * With `drop`, what belongs to the data may change, because the data is deleted. That is so for one update: a
   * `drop` that is recorded already allows nothing.
   */
  readonly existingData: pulumi.Input<string>;
}

interface Inputs {
  namespace?: string;
  name?: string;
  image?: string;
  runAsUser?: number;
  database?: string;
  user?: string;
  storage?: string;
  storageClass?: string;
  existingData?: string;
}

/*
 * From here to the class, everything becomes part of Pulumi's state: the SDK serializes the provider with the
 * functions that it refers to, and runs it in another process. It uses nothing of other files.
 */

const keep = (value: string): string =>
  `set it back to ${value}, or destroy the stack first, with its data`;

const orDrop = (value: string): string =>
  `set it back to ${value}, or set postgres.existingData to drop, which deletes the data`;

const dropAgain = (value: string): string =>
  `set it back to ${value}. postgres.existingData is drop since an earlier update, and acts once; to delete the data, deploy with refuse first, then with drop`;

/** Returns the bytes of a size such as 512Mi, 1.5Gi, 1G or 1048576; undefined for anything else. */
function bytes(size: string | undefined): number | undefined {
  const match = /^(\d+(?:\.\d+)?)(?:([kKMGTPE])(i?))?$/.exec(size ?? "");
  if (match === null) return undefined;
  const [, number, unit = "", binary] = match;
  const power = unit === "" ? 0 : "KMGTPE".indexOf(unit.toUpperCase()) + 1;
  return Number(number) * (binary === "i" ? 1024 : 1000) ** power;
}

/**
 * Returns the major version of PostgreSQL that an image's name tells, as `postgres:18.4` and `pgvector:0.8-pg17`
 * do; undefined where it tells none. The check in the pod reads the true one.
 */
function majorVersion(image: string | undefined): string | undefined {
  const [name = ""] = (image ?? "").split("@");
  const found =
    /:[^/]*?(?<![a-z])pg(\d+)[^/]*$/.exec(name) ?? /postgres[^/:]*:(\d+)[^/]*$/.exec(name);
  return found?.[1];
}

/** Returns why a change of settings would part the database from its data. */
function problems(old: Inputs, next: Inputs): pulumi.dynamic.CheckFailure[] {
  const found: pulumi.dynamic.CheckFailure[] = [];
  const refuse = (setting: keyof Inputs, reason: string, hint: string): void => {
    const key = setting === "namespace" ? "namespace" : `postgres.${setting}`;
    found.push({ property: setting, reason: `${key} can't change: ${reason}: ${hint}` });
  };
  const changed = (setting: keyof Inputs): boolean =>
    old[setting] !== undefined &&
    typeof next[setting] === typeof old[setting] &&
    old[setting] !== next[setting];
  const shown = (setting: keyof Inputs): string => {
    const value = String(old[setting]);
    return value === "" ? "the cluster's default (no value)" : value;
  };

  if (changed("storageClass")) {
    refuse("storageClass", "a volume keeps its class", keep(shown("storageClass")));
  }
  const [before, after] = [bytes(old.storage), bytes(next.storage)];
  if (before !== undefined && after !== undefined && after < before) {
    refuse("storage", "a volume can't shrink", keep(shown("storage")));
  }
  if (changed("runAsUser")) {
    refuse("runAsUser", "the files belong to the user who created them", keep(shown("runAsUser")));
  }
  const drops = next.existingData === "drop";
  if (drops && old.existingData !== "drop") return found;
  const orDelete = drops ? dropAgain : orDrop;
  for (const setting of ["database", "user"] as const) {
    if (changed(setting)) {
      refuse(
        setting,
        "PostgreSQL reads it only when it creates its data",
        orDelete(shown(setting)),
      );
    }
  }
  for (const setting of ["namespace", "name"] as const) {
    if (changed(setting)) {
      refuse(
        setting,
        "the database would begin empty, on another volume",
        orDelete(shown(setting)),
      );
    }
  }
  const [oldMajor, major] = [majorVersion(old.image), majorVersion(next.image)];
  if (oldMajor !== undefined && major !== undefined && oldMajor !== major) {
    refuse(
      "image",
      `PostgreSQL ${major} can't open the data of ${oldMajor}`,
      orDelete(shown("image")),
    );
  }
  return found;
}

/** The provider of {@link DataRecord}. It acts on the state alone. */
export const dataRecordProvider: pulumi.dynamic.ResourceProvider<Inputs, Inputs> = {
  check(olds: Inputs | undefined, news) {
    return Promise.resolve({ inputs: news, failures: problems(olds ?? {}, news) });
  },
  diff(_id, olds, news) {
    const settings = [
      ...["namespace", "name", "image", "runAsUser", "database", "user"],
      ...["storage", "storageClass", "existingData"],
    ] as (keyof Inputs)[];
    return Promise.resolve({
      changes: settings.some((setting) => olds[setting] !== news[setting]),
    });
  },
  create(inputs) {
    return Promise.resolve({ id: "data", outs: inputs });
  },
  update(_id, _olds, news) {
    return Promise.resolve({ outs: news });
  },
};

/**
 * Remembers in the state what the database's data was created with, and refuses, before anything changes,
 * settings that the data can't follow: Kubernetes and PostgreSQL would ignore them, or begin with no data.
 */
export class DataRecord extends pulumi.dynamic.Resource {
  constructor(name: string, args: DataRecordArgs, opts?: pulumi.CustomResourceOptions) {
    super(dataRecordProvider, name, args, opts);
  }
}
