import { listMessages, type Message } from "./chat-api.ts";

/** The loaded messages of a conversation. */
export interface MessageHistory {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Cursor of older messages; null when there are none. */
  readonly olderCursor: string | null;
}

/** The history of a new conversation. */
export const emptyHistory: MessageHistory = { messages: [], olderCursor: null };

/**
 * Reads one page of a conversation's messages; without a cursor the newest ones. Throws an ApiError.
 */
export async function readHistory(
  conversationId: string,
  cursor: string | null = null,
): Promise<MessageHistory> {
  const { messages, nextCursor } = await listMessages(conversationId, cursor);
  return { messages, olderCursor: nextCursor };
}

/** Returns the history with messages added at its end. A message that it already has moves there. */
export function appendMessages(
  history: MessageHistory,
  ...added: readonly Message[]
): MessageHistory {
  const ids = new Set(added.map(({ id }) => id));
  return { ...history, messages: [...history.messages.filter(({ id }) => !ids.has(id)), ...added] };
}

/** Returns the history without the message with this id. */
export function removeMessage(history: MessageHistory, id: string): MessageHistory {
  return { ...history, messages: history.messages.filter((message) => message.id !== id) };
}

/** Returns the last message if it is a user's and so has no answer yet. */
export function unansweredMessage({ messages }: MessageHistory): Message | undefined {
  const last = messages.at(-1);
  return last?.role === "user" ? last : undefined;
}
