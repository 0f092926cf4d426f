import { listMessages, type Message } from "./chat-api.ts";

/** The part of a conversation that is shown. */
export interface History {
  /** Oldest first. */
  readonly messages: readonly Message[];
  /** Leads to older messages; null where there are none. */
  readonly older: string | null;
}

/** The history of a conversation that has no message yet. */
export const NOTHING: History = { messages: [], older: null };

/**
 * A page of a conversation; without a cursor the newest one.
 *
 * @throws ApiError where it can't be read
 */
export async function readHistory(chatId: string, cursor: string | null = null): Promise<History> {
  const { messages, nextCursor } = await listMessages(chatId, cursor);
  return { messages, older: nextCursor };
}

/** The history with these messages at its end, each of them once. */
export function append(history: History, ...added: readonly Message[]): History {
  const ids = new Set(added.map(({ id }) => id));
  return { ...history, messages: [...history.messages.filter(({ id }) => !ids.has(id)), ...added] };
}

/** The history without a message. */
export function leaveOut(history: History, id: string): History {
  return { ...history, messages: history.messages.filter((message) => message.id !== id) };
}

/** The last message, where nothing has answered it. */
export function unanswered({ messages }: History): Message | undefined {
  const last = messages.at(-1);
  return last?.role === "user" ? last : undefined;
}
