import { type Static, Type } from "typebox";
import { nullableText, pageProperties, singleLine } from "../lib/schemas.ts";

/** The maximum length of a title, in characters as PostgreSQL counts them. */
export const TITLE_MAX_LENGTH = 200;

/** The maximum length of a tag. */
export const TAG_MAX_LENGTH = 40;

/** The maximum number of tags of a task. */
export const MAX_TAGS = 20;

/** The maximum length of a search text. */
export const SEARCH_MAX_LENGTH = 200;

/** The priorities, from the lowest to the highest. */
export const priorities = ["low", "medium", "high"] as const;

/** The priority of a task. */
export type Priority = (typeof priorities)[number];

const closed = { additionalProperties: false };
const date = { format: "date" };
const priority = Type.Enum(priorities, { type: "string" });
const tags = Type.Array(singleLine(TAG_MAX_LENGTH), { maxItems: MAX_TAGS });

const optionalProperties = {
  description: Type.Optional(
    Type.String({
      maxLength: 5000,
      pattern: "^[^\\u0000]*$",
      description: "More about the task; may have several lines",
    }),
  ),
  priority: Type.Optional(priority),
  dueDate: Type.Optional(
    Type.Union([Type.String(date), Type.Null()], {
      description: "The day on which the task is due, YYYY-MM-DD, or null",
    }),
  ),
  tags: Type.Optional(tags),
  completed: Type.Optional(Type.Boolean()),
};

/** The body of POST /api/tasks. */
export const newTask = Type.Object(
  { title: singleLine(TITLE_MAX_LENGTH), ...optionalProperties },
  closed,
);

/** A task to create. */
export type NewTask = Static<typeof newTask>;

/** The body of PATCH /api/tasks/:id. */
export const taskChange = Type.Partial(newTask, { ...closed, minProperties: 1 });

/** The members of a task that change. */
export type TaskChange = Static<typeof taskChange>;

/** The query parameters that filter a list of tasks. */
export const filterProperties = {
  completed: Type.Optional(Type.Boolean()),
  priority: Type.Optional(Type.Array(priority, { description: "Any of these" })),
  tag: Type.Optional(
    Type.Array(singleLine(TAG_MAX_LENGTH), { maxItems: MAX_TAGS, description: "All of these" }),
  ),
  dueFrom: Type.Optional(Type.String({ ...date, description: "Due on this day or later" })),
  dueTo: Type.Optional(Type.String({ ...date, description: "Due on this day or earlier" })),
  search: Type.Optional(
    singleLine(SEARCH_MAX_LENGTH, {
      description: "Words that all occur in title, description or tags",
    }),
  ),
};

/** The query parameters that sort a list of tasks. */
export const sortProperties = {
  sort: Type.Optional(
    Type.Enum(["createdAt", "updatedAt", "dueDate", "priority", "title"], {
      type: "string",
      default: "createdAt",
    }),
  ),
  order: Type.Optional(Type.Enum(["asc", "desc"], { type: "string" })),
};

/** The query of GET /api/tasks. */
export const taskQuery = Type.Object(
  { ...filterProperties, ...sortProperties, ...pageProperties },
  closed,
);

/** Which tasks to list, in which order. */
export type TaskQuery = Static<typeof taskQuery>;

/** A task in an answer. Fastify serializes it faster because it knows the schema. */
export const task = Type.Object({
  id: Type.String(),
  title: Type.String(),
  description: Type.String(),
  priority: Type.Unsafe<Priority>({ type: "string" }),
  /** YYYY-MM-DD: a day, which is the same in every time zone. */
  dueDate: nullableText,
  tags: Type.Array(Type.String()),
  completed: Type.Boolean(),
  /** Each change adds 1. */
  version: Type.Integer(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

/** A task as the API returns it. */
export type Task = Static<typeof task>;

/** One page of a list of tasks. */
export const taskPage = Type.Object({ tasks: Type.Array(task), nextCursor: nullableText });

/** One page of a list of tasks; `nextCursor` is null on the last page. */
export type TaskPage = Static<typeof taskPage>;
