import { createParser } from "eventsource-parser";
import { ApiError, requestJson, sendApiRequest } from "../../lib/api-client.ts";

/** A conversation with the chat. The API calls it a session. */
export interface Conversation {
  readonly id: string;
  /** Empty until the first message sets it. */
  readonly title: string;
  readonly createdAt: string;
  readonly updatedAt: string;
}

/** One page of the list of conversations. */
export interface ConversationPage {
  /** Last used first. */
  readonly sessions: readonly Conversation[];
  /** Cursor of the next page; null on the last one. */
  readonly nextCursor: string | null;
}

/** A tool call by which the chat has read or changed tasks. */
export interface ToolUse {
  readonly name: string;
  /** Whether the call succeeded. */
  readonly ok: boolean;
  readonly taskIds: readonly string[];
}

/** A message of a conversation. */
export interface Message {
  readonly id: string;
  readonly role: "user" | "assistant";
  readonly content: string;
  readonly createdAt: string;
  /** Id of the message that this one answers; null for a user's message. */
  readonly replyTo: string | null;
  /** What generated an answer: the language model or the built-in rules. */
  readonly source: "model" | "rules" | null;
  readonly tools: readonly ToolUse[];
}

/** One page of the messages of a conversation. */
export interface MessagePage {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Cursor of the next page, which has older messages; null on the last one. */
  readonly nextCursor: string | null;
}

/** A server-sent event in the answer to a message. */
export type ChatEvent =
  /** The API has stored the user's message. */
  | { readonly type: "accepted"; readonly message: Message }
  /** The next part of the answer's text. */
  | { readonly type: "delta"; readonly text: string }
  /** The text so far is invalid; the answer starts again. */
  | { readonly type: "reset" }
  | ({ readonly type: "tool"; readonly changed: boolean } & ToolUse)
  /** The answer is complete and stored. */
  | { readonly type: "done"; readonly message: Message; readonly tasksChanged: boolean }
  | { readonly type: "error"; readonly detail: string; readonly retryable: boolean };

/** Maximum length of a conversation's title that the API accepts. */
export const MAX_CONVERSATION_TITLE_LENGTH = 200;

/** Maximum length of a message that the API accepts. */
export const MAX_MESSAGE_LENGTH = 2000;

/** Time without data after which the connection counts as lost. The API sends data every 15 s. */
const STREAM_IDLE_TIMEOUT_MS = 40_000;

const CONVERSATIONS_PATH = "/api/chat/sessions";
const conversationPath = (id: string): string => `${CONVERSATIONS_PATH}/${encodeURIComponent(id)}`;
const messagesPath = (id: string): string => `${conversationPath(id)}/messages`;

function withCursor(path: string, cursor: string | null): string {
  return cursor === null ? path : `${path}?cursor=${encodeURIComponent(cursor)}`;
}

/** Reads one page of the conversations; without a cursor the first one. */
export async function listConversations(cursor: string | null = null): Promise<ConversationPage> {
  const path = withCursor(CONVERSATIONS_PATH, cursor);
  return (await requestJson({ method: "GET", path })) as ConversationPage;
}

/** Creates a conversation without messages. */
export async function createConversation(): Promise<Conversation> {
  const request = { method: "POST", path: CONVERSATIONS_PATH, body: {} };
  return (await requestJson(request)) as Conversation;
}

/** Changes the title of a conversation and returns the conversation as stored. */
export async function renameConversation(id: string, title: string): Promise<Conversation> {
  const request = { method: "PATCH", path: conversationPath(id), body: { title } };
  return (await requestJson(request)) as Conversation;
}

/** Deletes a conversation with its messages. */
export async function deleteConversation(id: string): Promise<void> {
  await requestJson({ method: "DELETE", path: conversationPath(id) });
}

/** Reads one page of a conversation's messages; without a cursor the newest ones. */
export async function listMessages(id: string, cursor: string | null = null): Promise<MessagePage> {
  const path = withCursor(messagesPath(id), cursor);
  return (await requestJson({ method: "GET", path })) as MessagePage;
}

/**
 * Sends a message and calls `onEvent` for each event of the answer, until the answer is complete.
 * Throws an ApiError when the answer ends early. It is then safe to send the message again with the
 * same id.
 */
export async function sendMessage(
  conversationId: string,
  message: Pick<Message, "id" | "content">,
  onEvent: (event: ChatEvent) => void,
  signal: AbortSignal,
): Promise<void> {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), STREAM_IDLE_TIMEOUT_MS);
  let finished = false as boolean;
  const parser = createParser({
    onEvent({ event: type, data }) {
      const event = { ...(JSON.parse(data) as object), type } as ChatEvent;
      finished ||= event.type === "done" || event.type === "error";
      onEvent(event);
    },
  });
  try {
    const response = await sendApiRequest({
      method: "POST",
      path: messagesPath(conversationId),
      body: { ...message, timeZone },
      accept: "text/event-stream",
      signal: AbortSignal.any([signal, idle.signal]),
    });
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (;;) {
      const { done = true, value } = (await reader?.read()) ?? {};
      if (done) break;
      clearTimeout(timer);
      timer = setTimeout(() => idle.abort(), STREAM_IDLE_TIMEOUT_MS);
      parser.feed(value ?? "");
    }
  } catch (error) {
    if (error instanceof ApiError) throw error;
    // A connection that breaks after the last event is not an error.
  } finally {
    clearTimeout(timer);
  }
  if (!finished) throw new ApiError("The connection was lost while the answer came.", 0);
}
