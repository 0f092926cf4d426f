/** Kubernetes quantities: "1000m" and "1", "1Gi" and "1024Mi" are the same. */
import type { Path } from "../protocol/diff";
import type { Value } from "../protocol/values";

const UNITS: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
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

/** The number that a quantity means, or undefined where it is none. */
export function parseQuantity(value: Value): number | undefined {
  if (typeof value === "number") return value;
  const match =
    typeof value === "string" ? /^([+-]?[0-9.]+)(?:[eE]([+-]?\d+))?([a-zA-Z]*)$/.exec(value) : null;
  const unit = UNITS[match?.[3] ?? ""];
  if (match === null || unit === undefined) return undefined;
  return Number(match[1]) * 10 ** Number(match[2] ?? 0) * unit;
}

/** Whether two values at a path are quantities of the same size. */
export function sameQuantity(path: Path, one: Value, other: Value): boolean {
  const places = ["limits", "requests", "sizeLimit", "capacity"];
  if (!path.some((step) => typeof step === "string" && places.includes(step))) return false;
  const [a, b] = [parseQuantity(one), parseQuantity(other)];
  return a !== undefined && b !== undefined && Math.abs(a - b) <= 1e-9 * Math.abs(a);
}
