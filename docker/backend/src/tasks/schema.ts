/** A task as the API shows it. */
export interface Task {
  readonly id: string;
  readonly title: string;
  readonly completed: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** What POST /api/tasks takes. */
export interface NewTask {
  readonly title: string;
}

/** What PATCH /api/tasks/:id takes: only what changes. */
export interface TaskChange {
  readonly title?: string;
  readonly completed?: boolean;
}

/** The longest title, in characters as PostgreSQL counts them. */
export const TITLE_MAX = 200;

// At least one visible character, and no control characters: PostgreSQL can't store NUL, and the
// others only serve to confuse terminals and logs.
const title = {
  type: "string",
  minLength: 1,
  maxLength: TITLE_MAX,
  pattern: "^[^\\u0000-\\u001f\\u007f]*[^\\s\\u0000-\\u001f\\u007f][^\\u0000-\\u001f\\u007f]*$",
} as const;

/** The JSON schema of POST /api/tasks. */
export const newTaskSchema = {
  type: "object",
  required: ["title"],
  additionalProperties: false,
  properties: { title },
} as const;

/** The JSON schema of PATCH /api/tasks/:id. */
export const taskChangeSchema = {
  type: "object",
  minProperties: 1,
  additionalProperties: false,
  properties: { title, completed: { type: "boolean" } },
} as const;

/** The JSON schema of the :id in a path. */
export const taskIdSchema = {
  type: "object",
  required: ["id"],
  properties: { id: { type: "string", format: "uuid" } },
} as const;

const taskSchema = {
  type: "object",
  properties: {
    id: { type: "string" },
    title: { type: "string" },
    completed: { type: "boolean" },
    createdAt: { type: "string" },
    updatedAt: { type: "string" },
  },
} as const;

/** The JSON schemas of the answers; Fastify writes them faster for knowing their shape. */
export const answers = {
  one: { "2xx": taskSchema },
  list: {
    "2xx": { type: "object", properties: { tasks: { type: "array", items: taskSchema } } },
  },
} as const;
