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

/** CPU and memory together. */
export interface Resources {
  /** Thousandths of a core. */
  cpu: number;
  /** Mebibytes. */
  memory: number;
}

export const nothing: Resources = { cpu: 0, memory: 0 };

/** Resources out of a Kubernetes object's `requests` or `allocatable`. */
export function resources(of: Partial<Record<string, string>> | undefined): Resources {
  return {
    cpu: Math.round(quantity(of?.cpu) * 1000),
    memory: Math.round(quantity(of?.memory) / 2 ** 20),
  };
}

/** The sum of some resources. */
export function sum(parts: readonly Resources[]): Resources {
  return parts.reduce(
    (total, part) => ({ cpu: total.cpu + part.cpu, memory: total.memory + part.memory }),
    nothing,
  );
}

/** Resources some times over. */
export function times({ cpu, memory }: Resources, count: number): Resources {
  return { cpu: cpu * count, memory: memory * count };
}
