import { type Plan, PLAN_FORMAT } from "../../cli/preview/plan";
import type { PlannedResource } from "../../cli/preview/planned-resource";

/** Returns a resource of a plan. */
export function resource(
  type: string,
  name: string,
  inputs: Record<string, unknown>,
): PlannedResource {
  return { urn: `urn:pulumi:dev::todo-chatbot::${type}::${name}`, type, name, inputs };
}

/** Returns a plan of stack dev without violations. */
export function plan(resources: PlannedResource[], over: Partial<Plan> = {}): Plan {
  const facts = { project: "todo-chatbot", stack: "dev", placeholders: [] };
  return { format: PLAN_FORMAT, ...facts, resources, violations: [], unchecked: [], ...over };
}

const image = (tag: string) =>
  resource("docker:index/image:Image", "backend-image", { imageName: `todo-backend:${tag}` });

/** A plan with an image and a namespace. */
export const planBefore = plan([
  image("1"),
  resource("kubernetes:core/v1:Namespace", "app", { metadata: { name: "a" } }),
]);

/** The plan with another image, without the namespace. */
export const planAfter = plan([image("2")], { placeholders: ["jwtSecret"] });
