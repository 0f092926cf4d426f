import { z } from "zod";

/*
 * The kinds of value that settings are made of. Each states in `error` what is allowed: the text follows
 * "expected" in the SettingsError that lists every wrong key.
 */

/** A name that Kubernetes accepts for objects and Services (RFC 1123 label, 63 characters). */
export const dnsLabel = z
  .string("a name of lowercase letters, digits and '-', at most 63 characters")
  .regex(/^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/, {
    error: "a name of lowercase letters, digits and '-', at most 63 characters",
  });

const AN_OBJECT_NAME =
  "a name of lowercase letters, digits, '-' and '.', at most 200 characters, a letter or digit at both ends of each part";

/**
 * A name that Kubernetes accepts for objects which no DNS name is made of, such as a Secret (RFC 1123
 * subdomain). 253 characters are allowed; Pulumi adds a suffix to some of them.
 */
export const objectName = z
  .string(AN_OBJECT_NAME)
  .max(200, { error: AN_OBJECT_NAME })
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/, {
    error: AN_OBJECT_NAME,
  });

const A_NAMESPACE =
  "a name of lowercase letters, digits and '-', at most 63 characters, a letter or digit at both ends";

/** The name of a namespace (RFC 1123 label). */
export const namespaceName = z
  .string(A_NAMESPACE)
  .regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/, { error: A_NAMESPACE });

const A_DATA_KEY =
  "letters, digits, '-', '_' and '.', at most 253 characters, but not '.', and not '..' first";

/** A key of a ConfigMap or Secret, by Kubernetes' rule. */
export const dataKey = z
  .string(A_DATA_KEY)
  .max(253, { error: A_DATA_KEY })
  .regex(/^\.?[-_a-zA-Z0-9][-._a-zA-Z0-9]*$/, { error: A_DATA_KEY });

const A_SIGNING_SECRET = "a secret of 32 characters or more";

/** A secret that signs sessions or tokens; empty: none is set. The backend refuses shorter ones. */
export const signingSecret = z
  .string(A_SIGNING_SECRET)
  // The backend takes away white space at both ends.
  .refine((value) => value === "" || value.trim().length >= 32, { error: A_SIGNING_SECRET });

/** A CPU quantity of Kubernetes above 0: cores (`0.5`, `2`) or thousandths (`250m`). */
export const cpu = z
  .string("a CPU quantity such as 250m or 0.5, in quotes")
  .regex(/^([1-9]\d*m|[1-9]\d*(\.\d{1,3})?|0\.0{0,2}[1-9]\d{0,2})$/, {
    error: "a CPU quantity such as 250m or 0.5",
  });

const A_MEMORY = "a memory quantity such as 512Mi or 1Gi";

/** A memory quantity of Kubernetes above 0: `512Mi`, `1.5Gi`, `1G`; without a unit it is in bytes. */
export const memory = z
  .string(A_MEMORY)
  .regex(/^[1-9]\d*(\.\d+)?([KMGT]i|[kMGT])?$/, { error: A_MEMORY });

const A_DIRECTORY = "a directory such as /tmp, but not the root";

/** A directory in a container where a volume can be mounted. */
export const directory = z.string(A_DIRECTORY).regex(/^(\/[^/\s:]+)+$/, { error: A_DIRECTORY });

const A_PATH = "a path that starts with /, without spaces and #";

/** The path of an HTTP request. */
export const httpPath = z.string(A_PATH).regex(/^\/[^\s#]*$/, { error: A_PATH });

const IMAGE_HOST = "([a-z0-9]([-a-z0-9.]*[a-z0-9])?(:[0-9]+)?/)?";
const IMAGE_PART = "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*";
const IMAGE_TAG = "[A-Za-z0-9_][-A-Za-z0-9_.]{0,127}";
const IMAGE_DIGEST = "sha256:[0-9a-f]{64}";
const IMAGE_PATH = `${IMAGE_PART}(/${IMAGE_PART})*`;

const AN_IMAGE = "an image with its tag or digest, such as postgres:18.4";

/** A reference of an image that always leads to the same version. */
export const imageReference = z
  .string(AN_IMAGE)
  .max(255, { error: AN_IMAGE })
  .regex(
    new RegExp(`^${IMAGE_HOST}${IMAGE_PATH}(:${IMAGE_TAG}(@${IMAGE_DIGEST})?|@${IMAGE_DIGEST})$`),
    { error: AN_IMAGE },
  )
  .refine((image) => !image.endsWith(":latest"), {
    error: `${AN_IMAGE}; latest becomes another one at any time`,
  });

const A_BASE_IMAGE = "an image in lowercase, such as node:24-slim";

/** The image that another one is built from. */
export const baseImage = z
  .string(A_BASE_IMAGE)
  .max(255, { error: A_BASE_IMAGE })
  .regex(new RegExp(`^${IMAGE_HOST}${IMAGE_PATH}(:${IMAGE_TAG})?(@${IMAGE_DIGEST})?$`), {
    error: A_BASE_IMAGE,
  });

const AN_IMAGE_NAME = "an image name in lowercase, without a tag";

/** The name of an image without a registry and a tag. */
export const imageName = z
  .string(AN_IMAGE_NAME)
  .max(200, { error: AN_IMAGE_NAME })
  .regex(new RegExp(`^${IMAGE_PATH}$`), { error: AN_IMAGE_NAME });

const A_REGISTRY =
  "host[:port][/path] in lowercase, without https:// and without / at the end, such as docker.io/me or registry.example:5000";

/**
 * Where images are pushed to: what comes before the name of an image. Docker takes a first part that has
 * neither a dot nor a port for a user of Docker Hub, unless it is localhost.
 */
export const registryServer = z
  .string(A_REGISTRY)
  .max(200, { error: A_REGISTRY })
  .regex(
    new RegExp(
      `^(localhost|[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)+|[a-z0-9]([-a-z0-9.]*[a-z0-9])?(?=:))(:[1-9][0-9]{0,4})?(/${IMAGE_PART})*$`,
    ),
    { error: A_REGISTRY },
  )
  .refine((server) => Number(/^[^:/]+:(\d+)/.exec(server)?.[1] ?? 1) <= 65535, {
    error: A_REGISTRY,
  });

const A_POSTGRES_NAME =
  "a name of lowercase letters, digits, '_' and '-', a letter first, at most 63 characters, not pg_… or template…";

/** The name of a database or user of PostgreSQL that nothing has by default, and that a URL needs no escapes for. */
export const postgresName = z
  .string(A_POSTGRES_NAME)
  .regex(/^(?!pg_|template[01]$)[a-z][-_a-z0-9]{0,62}$/, { error: A_POSTGRES_NAME });

/** A TCP port that a non-root process can listen on. */
export const containerPort = integer(1024, 65535);

/** A TCP port of a Service. */
export const servicePort = integer(1, 65535);

/** A port in the range that Kubernetes keeps for NodePorts. */
export const nodePort = integer(30000, 32767);

/** A count of seconds, 0 or more. */
export const seconds = integer(0, 3600);

/** A whole number within bounds, both included. */
export function integer(minimum: number, maximum: number): z.ZodInt {
  const error = `a whole number from ${minimum} to ${maximum}`;
  return z.int(error).min(minimum, { error }).max(maximum, { error });
}

/** One of the given words. */
export function oneOf<const T extends readonly [string, ...string[]]>(
  words: T,
): z.ZodEnum<{ [K in T[number]]: K }> {
  return z.enum(words, { error: `one of ${words.join(", ")}` });
}

/** A map of strings, such as build arguments. */
export const stringMap = z.record(z.string(), z.string("a string"));

const A_LABEL_KEY =
  "a label's key: [prefix/]name of letters, digits, '-', '_' and '.', at most 63 characters";
const A_LABEL_VALUE = "a label's value: letters, digits, '-', '_' and '.', at most 63 characters";

/** Labels, by Kubernetes' rules. */
export const labels = z.record(
  z
    .string()
    .regex(
      /^(?=[^/]{1,253}(\/|$))([a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/,
      { error: A_LABEL_KEY },
    ),
  z
    .string(A_LABEL_VALUE)
    .regex(/^([A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?)?$/, { error: A_LABEL_VALUE }),
);

const A_VARIABLE = "a variable's name: letters, digits, '_', not a digit first";

/** Environment variables. */
export const variables = z.record(
  z.string().regex(/^[A-Za-z_]\w*$/, { error: A_VARIABLE }),
  z.string("a string"),
);

/** A list in which nothing is twice. */
export function listOf<T extends z.ZodType<string | number>>(
  element: T,
  error = "a list",
): z.ZodArray<T> {
  return z.array(element, error).check((context) => {
    const { value } = context;
    for (const [index, item] of value.entries()) {
      if (value.indexOf(item) === index) continue;
      const message = "nothing twice in this list";
      context.issues.push({ code: "custom", input: item, path: [index], message });
    }
  });
}

/** A non-empty string. */
export const text = z.string("a string").min(1, { error: "a string that is not empty" });

/** A boolean. */
export const flag = z.boolean("true or false");
