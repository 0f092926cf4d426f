const factors: Readonly<Record<string, number>> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

const pattern = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/;

/**
 * Returns a quantity of Kubernetes (`250m`, `1Gi`, `4031440Ki`, `2`, `1e3`) as a number of its unit: 0 for
 * a text that is no quantity, NaN for an unknown suffix.
 */
export function quantity(text: string | undefined): number {
  const [, number = "0", suffix = ""] = pattern.exec(text ?? "0") ?? [];
  return Number(number) * (factors[suffix] ?? Number.NaN);
}

/** Returns what {@link quantity} does, but undefined for a text that is no quantity. */
export function parseQuantity(text: string): number | undefined {
  const value = pattern.test(text) ? quantity(text) : Number.NaN;
  return Number.isNaN(value) ? undefined : value;
}

/** An amount of CPU and memory. */
export interface Resources {
  /** Thousandths of a core. */
  cpu: number;
  /** Mebibytes. */
  memory: number;
}

/** No resources: the neutral element of {@link sum}. */
export const nothing: Resources = { cpu: 0, memory: 0 };

/** Converts a CPU quantity to thousandths of a core. */
export function millicores(text: string | undefined): number {
  return Math.round(quantity(text) * 1000);
}

/** Converts the `requests` of a container or the `allocatable` of a node, rounded to whole units. */
export function resources(of: Partial<Record<string, string>> | undefined): Resources {
  return { cpu: millicores(of?.cpu), memory: Math.round(quantity(of?.memory) / 2 ** 20) };
}

/** Returns the sum of some resources. */
export function sum(parts: readonly Resources[]): Resources {
  return parts.reduce(
    (total, part) => ({ cpu: total.cpu + part.cpu, memory: total.memory + part.memory }),
    nothing,
  );
}

/** Multiplies resources by a count. */
export function times({ cpu, memory }: Resources, count: number): Resources {
  return { cpu: cpu * count, memory: memory * count };
}
