import { strict } from "../../http/validation.ts";
import {
  filterProperties,
  idSchema,
  line,
  newTaskSchema,
  SEARCH_MAX,
  taskChangeSchema,
  taskQuerySchema,
} from "../../tasks/schema.ts";

/** How many tasks a tool shows at most: what a person or a model can still take in. */
export const SHOWN_MAX = 50;

const { id } = idSchema.properties;
const limit = { type: "integer", minimum: 1, maximum: SHOWN_MAX } as const;
const ids = {
  ...{ type: "array", maxItems: SHOWN_MAX, items: id },
  description: "Only these, in this order; then nothing else counts",
} as const;
const { sort, order } = taskQuerySchema.properties;

const object = <P extends object>(properties: P, required: readonly string[] = []) =>
  ({ type: "object", additionalProperties: false, required, properties }) as const;

/** What the chat can do, in the words that a model is told. None of them takes a user: see run.ts. */
export const TOOLS = {
  add_task: {
    description: "Add a task to the user's list.",
    parameters: object(newTaskSchema.properties, ["title"]),
  },
  list_tasks: {
    description:
      "List tasks, narrowed down and sorted as asked. Without completed: true or false, both are listed. Of several tasks, long descriptions are cut; one task, as by ids, has its whole description.",
    parameters: object({ ids, ...filterProperties, sort, order, limit }),
  },
  search_tasks: {
    description: "Find tasks that have all these words in their title, description or tags.",
    parameters: object({ query: line(SEARCH_MAX), completed: { type: "boolean" }, limit }, [
      "query",
    ]),
  },
  update_task: {
    description: "Change a task: only the given members change. tags replaces all tags.",
    parameters: object({ id, ...taskChangeSchema.properties }, ["id"]),
  },
  complete_task: {
    description: "Mark a task as done, or with completed: false as not done.",
    parameters: object({ id, completed: { type: "boolean" } }, ["id"]),
  },
  delete_task: {
    description: "Delete a task for good.",
    parameters: object({ id }, ["id"]),
  },
} as const;

/** The name of a tool. */
export type ToolName = keyof typeof TOOLS;

/** Whether there is a tool of this name. */
export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(TOOLS, name);
}

const checks = Object.fromEntries(
  Object.entries(TOOLS).map(([name, { parameters }]) => [name, strict.compile(parameters)]),
);

/** What is wrong with a tool's arguments; undefined when nothing is. */
export function wrongArguments(name: ToolName, args: unknown): string | undefined {
  const check = checks[name];
  // A copy: the check fills in defaults, and what was asked is kept as it was asked.
  if (check === undefined || check(structuredClone(args))) return undefined;
  return strict.errorsText(check.errors, { dataVar: "arguments" });
}
