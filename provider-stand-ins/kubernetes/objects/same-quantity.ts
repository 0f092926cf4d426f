import { parseQuantity } from "../../../lib/kubernetes/quantity";
import type { Path } from "../../protocol/property-diff";
import type { Value } from "../../protocol/values";

/** Fields that contain quantities. */
const quantityFields = ["limits", "requests", "sizeLimit", "capacity"];

/** Whether two values at a path are quantities of the same size, such as `1000m` and `1`. */
export function sameQuantity(path: Path, one: Value, other: Value): boolean {
  const isQuantity = path.some((step) => typeof step === "string" && quantityFields.includes(step));
  if (!isQuantity) return false;
  const [a, b] = [quantityOf(one), quantityOf(other)];
  return a !== undefined && b !== undefined && Math.abs(a - b) <= 1e-9 * Math.abs(a);
}

function quantityOf(value: Value): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" ? parseQuantity(value) : undefined;
}
