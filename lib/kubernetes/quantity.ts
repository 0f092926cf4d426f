const factors: Readonly<Record<string, number>> = {
  "": 1,
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** A quantity of Kubernetes (`250m`, `1Gi`, `4031440Ki`, `2`) as a number of its unit. */
export function quantity(text: string | undefined): number {
  const [, number = "0", suffix = ""] = /^([\d.]+(?:e\d+)?)([a-zA-Z]*)$/.exec(text ?? "0") ?? [];
  return Number(number) * (factors[suffix] ?? Number.NaN);
}

/** CPU and memory together. */
export interface Resources {
  /** Thousandths of a core. */
  cpu: number;
  /** Mebibytes. */
  memory: number;
}

export const nothing: Resources = { cpu: 0, memory: 0 };

/** A CPU quantity in thousandths of a core. */
export function millicores(text: string | undefined): number {
  return Math.round(quantity(text) * 1000);
}

/** Resources out of a Kubernetes object's `requests` or `allocatable`. */
export function resources(of: Partial<Record<string, string>> | undefined): Resources {
  return { cpu: millicores(of?.cpu), memory: Math.round(quantity(of?.memory) / 2 ** 20) };
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
