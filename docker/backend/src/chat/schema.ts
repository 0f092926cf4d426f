import { line, pageProperties } from "../tasks/schema.ts";

/** The longest message, in characters. */
export const MESSAGE_MAX = 2000;

/** The JSON schema of POST /api/chat/sessions. */
export const newSessionSchema = {
  type: "object",
  additionalProperties: false,
  properties: { title: line(200) },
} as const;

/** The JSON schema of PATCH /api/chat/sessions/:id. */
export const sessionChangeSchema = { ...newSessionSchema, required: ["title"] } as const;

/** The JSON schema of POST /api/chat/sessions/:id/messages. */
export const newMessageSchema = {
  type: "object",
  required: ["id", "content"],
  additionalProperties: false,
  properties: {
    id: {
      ...{ type: "string", format: "uuid" },
      description: "Made up by the client; the same again is the same message",
    },
    content: {
      ...{ type: "string", minLength: 1, maxLength: MESSAGE_MAX },
      pattern: "^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$",
    },
    timeZone: {
      ...{ type: "string", maxLength: 60, default: "UTC" },
      description: "IANA name, such as Europe/Berlin: says which day it is",
    },
  },
} as const;

/** The JSON schema of a query for a page. */
export const pageSchema = {
  type: "object",
  additionalProperties: false,
  properties: pageProperties,
} as const;

const text = { type: "string" } as const;
const nullable = { type: ["string", "null"] } as const;

const sessionSchema = {
  type: "object",
  properties: { id: text, title: text, createdAt: text, updatedAt: text },
} as const;

const messageSchema = {
  type: "object",
  properties: {
    id: text,
    role: text,
    content: text,
    createdAt: text,
    replyTo: nullable,
    source: nullable,
    tools: {
      type: "array",
      items: {
        type: "object",
        properties: {
          name: text,
          ok: { type: "boolean" },
          taskIds: { type: "array", items: text },
        },
      },
    },
  },
} as const;

const list = (name: string, items: object) => ({
  "2xx": {
    type: "object",
    properties: { [name]: { type: "array", items }, nextCursor: nullable },
  },
});

/** The JSON schemas of the answers. */
export const answers = {
  session: { "2xx": sessionSchema },
  sessions: list("sessions", sessionSchema),
  messages: list("messages", messageSchema),
} as const;
