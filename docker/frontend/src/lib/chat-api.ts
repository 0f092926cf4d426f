import { createParser } from "eventsource-parser";
import { ApiError, ask, open } from "./api.ts";

/** A conversation. */
export interface Chat {
  readonly id: string;
  /** Empty, until its first message names it. */
  readonly title: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** Something that the chat has done to the list. */
export interface ToolUse {
  readonly name: string;
  readonly ok: boolean;
  readonly taskIds: readonly string[];
}

/** A message of a conversation. */
export interface Message {
  readonly id: string;
  readonly role: "user" | "assistant";
  readonly content: string;
  readonly createdAt: string;
  readonly replyTo: string | null;
  /** Who wrote an answer. */
  readonly source: "model" | "rules" | null;
  readonly tools: readonly ToolUse[];
}

/** What comes while a message is answered. */
export type ChatEvent =
  | { readonly type: "accepted"; readonly message: Message }
  | { readonly type: "delta"; readonly text: string }
  | { readonly type: "reset" }
  | ({ readonly type: "tool"; readonly changed: boolean } & ToolUse)
  | { readonly type: "done"; readonly message: Message; readonly tasksChanged: boolean }
  | { readonly type: "error"; readonly detail: string; readonly retryable: boolean };

/** The longest title of a conversation that the API takes. */
export const CHAT_TITLE_MAX = 200;

/** The longest message that the API takes. */
export const MESSAGE_MAX = 2000;

/** The API says something every 15 s; after this long without, the connection is as good as lost. */
const SILENCE_MS = 40_000;

const sessions = "/api/chat/sessions";
const path = (id: string): string => `${sessions}/${encodeURIComponent(id)}`;
const withCursor = (cursor: string | null): string =>
  cursor === null ? "" : `?cursor=${encodeURIComponent(cursor)}`;

/** A page of the conversations, last used first. */
export async function listChats(
  cursor: string | null = null,
): Promise<{ readonly sessions: readonly Chat[]; readonly nextCursor: string | null }> {
  return (await ask({ method: "GET", path: sessions + withCursor(cursor) })) as Awaited<
    ReturnType<typeof listChats>
  >;
}

/** Begins a conversation. */
export async function createChat(): Promise<Chat> {
  return (await ask({ method: "POST", path: sessions, body: {} })) as Chat;
}

/** Gives a conversation another title and returns it as it was stored. */
export async function renameChat(id: string, title: string): Promise<Chat> {
  return (await ask({ method: "PATCH", path: path(id), body: { title } })) as Chat;
}

/** Deletes a conversation with its messages. */
export async function deleteChat(id: string): Promise<void> {
  await ask({ method: "DELETE", path: path(id) });
}

/** A page of a conversation, oldest message first; without a cursor the newest page. */
export async function listMessages(
  id: string,
  cursor: string | null = null,
): Promise<{ readonly messages: readonly Message[]; readonly nextCursor: string | null }> {
  return (await ask({
    method: "GET",
    path: `${path(id)}/messages${withCursor(cursor)}`,
  })) as Awaited<ReturnType<typeof listMessages>>;
}

/**
 * Sends a message and tells what comes back, until the stream has ended as it should. Throws an
 * ApiError where it doesn't; sending the same message with the same id again is safe then.
 */
export async function sendMessage(
  chatId: string,
  message: { readonly id: string; readonly content: string },
  tell: (event: ChatEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const silence = new AbortController();
  let timer = setTimeout(() => silence.abort(), SILENCE_MS);
  let finished = false as boolean;
  const parser = createParser({
    onEvent({ event, data }) {
      const told = { ...(JSON.parse(data) as object), type: event } as ChatEvent;
      finished ||= told.type === "done" || told.type === "error";
      tell(told);
    },
  });
  try {
    const response = await open({
      method: "POST",
      path: `${path(chatId)}/messages`,
      body: { ...message, timeZone },
      accept: "text/event-stream",
      signal: AbortSignal.any([signal, silence.signal]),
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done) break;
      clearTimeout(timer);
      timer = setTimeout(() => silence.abort(), SILENCE_MS);
      parser.feed(value ?? "");
    }
  } catch (error) {
    if (error instanceof ApiError) throw error;
    // What breaks behind the last event has broken nothing.
  } finally {
    clearTimeout(timer);
  }
  if (!finished) throw new ApiError("The connection was lost while the answer came.", 0);
}
