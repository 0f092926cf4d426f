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

const A_DATA_KEY = "letters, digits, '-', '_' and '.', at most 253 characters";

/** A key of a ConfigMap or Secret, by Kubernetes' rule. */
export const dataKey = z.string(A_DATA_KEY).regex(/^[-._a-zA-Z0-9]{1,253}$/, { error: A_DATA_KEY });

const A_SIGNING_SECRET = "a secret of 32 characters or more";

/** A secret that signs sessions or tokens; empty: none is set. The backend refuses shorter ones. */
export const signingSecret = z
  .string(A_SIGNING_SECRET)
  .refine((value) => value === "" || value.length >= 32, { error: A_SIGNING_SECRET });

/** A CPU quantity of Kubernetes: cores (`0.5`, `2`) or thousandths (`250m`). */
export const cpu = z
  .string("a CPU quantity such as 250m or 0.5, in quotes")
  .regex(/^([1-9]\d*m|\d+(\.\d{1,3})?)$/, { error: "a CPU quantity such as 250m or 0.5" });

/** A memory quantity of Kubernetes in binary units: `512Mi`, `1Gi`. */
export const memory = z
  .string("a memory quantity such as 512Mi or 1Gi")
  .regex(/^[1-9]\d*(Ki|Mi|Gi)$/, { error: "a memory quantity such as 512Mi or 1Gi" });

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
    .regex(/^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?\/)?[A-Za-z0-9]([-\w.]{0,61}[A-Za-z0-9])?$/, {
      error: A_LABEL_KEY,
    }),
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

/** A non-empty string. */
export const text = z.string("a string").min(1, { error: "a string that is not empty" });

/** A boolean. */
export const flag = z.boolean("true or false");
