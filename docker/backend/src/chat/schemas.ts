import { type Static, Type } from "typebox";
import { nullableText, singleLine } from "../lib/schemas.ts";
import type { ToolName } from "./tools/definitions.ts";

const closed = { additionalProperties: false };
const title = singleLine(200);

/** The body of POST /api/chat/sessions. */
export const newSession = Type.Object({ title: Type.Optional(title) }, closed);

/** The body of PATCH /api/chat/sessions/:id. */
export const sessionChange = Type.Object({ title }, closed);

/** The body of POST /api/chat/sessions/:id/messages. */
export const newMessage = Type.Object(
  {
    id: Type.String({
      format: "uuid",
      description: "Chosen by the client; the same id again is the same message",
    }),
    content: Type.String({
      ...{ minLength: 1, maxLength: 2000 },
      pattern: "^[^\\u0000]*[^\\s\\u0000][^\\u0000]*$",
    }),
    timeZone: Type.Optional(
      Type.String({
        ...{ maxLength: 60, default: "UTC" },
        description: "IANA name, such as Europe/Berlin: decides which day is today",
      }),
    ),
  },
  closed,
);

/** A conversation, as the API returns it. */
export const chatSession = Type.Object({
  id: Type.String(),
  title: Type.String(),
  createdAt: Type.String(),
  updatedAt: Type.String(),
});

/** A conversation. */
export type ChatSession = Static<typeof chatSession>;

/** Who wrote an answer: the language model, or the rules that work without one. */
export type Source = "model" | "rules";

/** A tool that ran for an answer, as the API returns it. */
export const toolNote = Type.Object({
  name: Type.Unsafe<ToolName>({ type: "string" }),
  ok: Type.Boolean(),
  taskIds: Type.Array(Type.String()),
});

/** A tool that ran for an answer. */
export type ToolNote = Static<typeof toolNote>;

/** A message, as the API returns it. */
export const chatMessage = Type.Object({
  id: Type.String(),
  role: Type.Unsafe<"user" | "assistant">({ type: "string" }),
  content: Type.String(),
  createdAt: Type.String(),
  /** The id of the message that this one answers; null for a user's message, as is `source`. */
  replyTo: nullableText,
  source: Type.Unsafe<Source | null>({ type: ["string", "null"] }),
  tools: Type.Array(toolNote),
});

/** A message. */
export type ChatMessage = Static<typeof chatMessage>;

/** One page of the conversations. */
export const sessionPage = Type.Object({
  sessions: Type.Array(chatSession),
  nextCursor: nullableText,
});

/** One page of the conversations; `nextCursor` is null on the last page. */
export type SessionPage = Static<typeof sessionPage>;

/** One page of the messages of a conversation. */
export const messagePage = Type.Object({
  messages: Type.Array(chatMessage),
  nextCursor: nullableText,
});

/** One page of messages, oldest first; `nextCursor` leads to older ones. */
export type MessagePage = Static<typeof messagePage>;
