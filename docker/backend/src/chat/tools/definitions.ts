import { type Static, Type } from "typebox";
import { singleLine, uuid } from "../../lib/schemas.ts";
import { strictAjv } from "../../plugins/validation.ts";
import {
  filterProperties,
  newTask,
  SEARCH_MAX_LENGTH,
  sortProperties,
  taskChange,
} from "../../tasks/schemas.ts";

/** How many tasks a tool returns at most: as many as a user or a model can handle. */
export const MAX_TASKS = 50;

const closed = { additionalProperties: false };
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: MAX_TASKS }));
const completed = Type.Optional(Type.Boolean());
const ids = Type.Array(uuid, {
  maxItems: MAX_TASKS,
  description: "Only these, in this order; then nothing else counts",
});

/** The tools of the chat, as the model sees them. No tool takes a user: see run-tool.ts. */
export const toolDefinitions = {
  add_task: {
    description: "Add a task to the user's list.",
    parameters: Type.Object(newTask.properties, closed),
  },
  list_tasks: {
    description:
      "List tasks, narrowed down and sorted as asked. Without completed: true or false, both are listed. Of several tasks, long descriptions are cut; one task, as by ids, has its whole description.",
    parameters: Type.Object(
      { ids: Type.Optional(ids), ...filterProperties, ...sortProperties, limit },
      closed,
    ),
  },
  search_tasks: {
    description: "Find tasks that have all these words in their title, description or tags.",
    parameters: Type.Object({ query: singleLine(SEARCH_MAX_LENGTH), completed, limit }, closed),
  },
  update_task: {
    description: "Change a task: only the given members change. tags replaces all tags.",
    parameters: Type.Object({ id: uuid, ...taskChange.properties }, closed),
  },
  complete_task: {
    description: "Mark a task as done, or with completed: false as not done.",
    parameters: Type.Object({ id: uuid, completed }, closed),
  },
  delete_task: {
    description: "Delete a task for good.",
    parameters: Type.Object({ id: uuid }, closed),
  },
} as const;

/** The name of a tool. */
export type ToolName = keyof typeof toolDefinitions;

/** The arguments of a tool. */
export type ToolArguments<Name extends ToolName> = Static<
  (typeof toolDefinitions)[Name]["parameters"]
>;

/** Whether there is a tool with this name. */
export function isToolName(name: string): name is ToolName {
  return Object.hasOwn(toolDefinitions, name);
}

const validators = Object.fromEntries(
  Object.entries(toolDefinitions).map(([name, { parameters }]) => [
    name,
    strictAjv.compile(parameters),
  ]),
);

/** Returns what is wrong with a tool's arguments, or undefined when they are valid. */
export function validateArguments(name: ToolName, args: unknown): string | undefined {
  const validate = validators[name];
  // A copy, because validation adds defaults, and the stored step has to keep the original call.
  if (validate === undefined || validate(structuredClone(args))) return undefined;
  return strictAjv.errorsText(validate.errors, { dataVar: "arguments" });
}
