/*
 * Policies: rules for the resources of every stack, whatever its settings. The program enforces them at
 * each preview and update; `npm run preview:ci` reports all violations at once.
 */
export { check, inLines } from "./check";
export { Enforcement } from "./enforcement";
export {
  policyResource,
  SECRET,
  UNKNOWN,
  type Policy,
  type PolicyResource,
  type Violation,
} from "./policy";
export { policies } from "./rules";
