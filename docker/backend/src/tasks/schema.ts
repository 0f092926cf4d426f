import { PRIORITIES } from "./task.ts";

/** The longest title, in characters as PostgreSQL counts them. */
export const TITLE_MAX = 200;

/** The longest tag. */
export const TAG_MAX = 40;

/** The longest text to search for. */
export const SEARCH_MAX = 200;

// At least one visible character, and no control characters: PostgreSQL can't store NUL, and the
// others only serve to confuse terminals and logs.
const visible =
  "^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$";

/** A line of text that isn't blank. */
export const line = (maxLength: number) =>
  ({ type: "string", minLength: 1, maxLength, pattern: visible }) as const;

const description = {
  type: "string",
  maxLength: 5000,
  pattern: "^[^\\u0000]*$",
  description: "More about it, over several lines if need be",
} as const;
const dueDate = {
  anyOf: [{ type: "string", format: "date" }, { type: "null" }],
  description: "The day by which it is to be done, YYYY-MM-DD, or null",
} as const;
const tags = { type: "array", maxItems: 20, items: line(TAG_MAX) } as const;
const priority = { type: "string", enum: PRIORITIES } as const;

const members = {
  title: line(TITLE_MAX),
  description,
  priority,
  dueDate,
  tags,
  completed: { type: "boolean" },
} as const;

/** The JSON schema of POST /api/tasks. */
export const newTaskSchema = {
  type: "object",
  required: ["title"],
  additionalProperties: false,
  properties: members,
} as const;

/** The JSON schema of PATCH /api/tasks/:id. */
export const taskChangeSchema = {
  type: "object",
  minProperties: 1,
  additionalProperties: false,
  properties: members,
} as const;

/** The JSON schema of the :id in a path. */
export const idSchema = {
  type: "object",
  required: ["id"],
  properties: { id: { type: "string", format: "uuid" } },
} as const;

/**
 * The longest cursor: of a list by title it holds the last title, whose characters have up to 4 bytes,
 * with the names and the id around it, and base64 makes 4 of 3.
 */
const CURSOR_MAX = Math.ceil(((TITLE_MAX * 4 + 100) * 4) / 3);

/** Which page of a list. */
export const pageProperties = {
  limit: { type: "integer", minimum: 1, maximum: 200, default: 50 },
  cursor: { type: "string", maxLength: CURSOR_MAX, description: "nextCursor of the page before" },
} as const;

const date = { type: "string", format: "date" } as const;

/** What a list of tasks can be narrowed down by. */
export const filterProperties = {
  completed: { type: "boolean" },
  priority: { type: "array", items: priority, description: "Any of these" },
  tag: { type: "array", maxItems: 20, items: line(TAG_MAX), description: "All of these" },
  dueFrom: { ...date, description: "Due on this day or later" },
  dueTo: { ...date, description: "Due on this day or earlier" },
  search: { ...line(SEARCH_MAX), description: "Words that are all in title, description or tags" },
} as const;

/** The JSON schema of GET /api/tasks's query. */
export const taskQuerySchema = {
  type: "object",
  additionalProperties: false,
  properties: {
    ...filterProperties,
    sort: {
      type: "string",
      enum: ["createdAt", "updatedAt", "dueDate", "priority", "title"],
      default: "createdAt",
    },
    order: { type: "string", enum: ["asc", "desc"] },
    ...pageProperties,
  },
} as const;

const text = { type: "string" } as const;

const taskSchema = {
  type: "object",
  properties: {
    id: text,
    title: text,
    description: text,
    priority: text,
    dueDate: { type: ["string", "null"] },
    tags: { type: "array", items: text },
    completed: { type: "boolean" },
    version: { type: "integer" },
    createdAt: text,
    updatedAt: text,
  },
} as const;

/** The JSON schemas of the answers; Fastify writes them faster for knowing their shape. */
export const answers = {
  one: { "2xx": taskSchema },
  list: {
    "2xx": {
      type: "object",
      properties: {
        tasks: { type: "array", items: taskSchema },
        nextCursor: { type: ["string", "null"] },
      },
    },
  },
} as const;
