import type { Conversation } from "./chat-api.ts";
import type { Turn } from "./chat-turn.ts";
import type { MessageHistory } from "./message-history.ts";

/** The state of the chat as the components display it. */
export interface ChatView {
  /** Undefined until the list has been read for the first time. */
  readonly conversations: readonly Conversation[] | undefined;
  readonly hasMoreConversations: boolean;
  /** The open conversation; undefined for a new one without messages. */
  readonly conversationId: string | undefined;
  /** The messages of the open conversation; undefined while they are read. */
  readonly history: MessageHistory | undefined;
  /** The running or failed turn of the open conversation. */
  readonly turn: Turn | undefined;
  /** The last error, other than that of a turn. */
  readonly problem: string | undefined;
  /** Whether a message can be sent now. */
  readonly ready: boolean;
}

/** The state of all conversations. */
export interface ChatState extends Omit<ChatView, "hasMoreConversations" | "turn" | "ready"> {
  /** Cursor of more conversations; null when there are none. */
  readonly moreCursor: string | null;
  /** By conversation id. A turn goes on while another conversation is open. */
  readonly turns: ReadonlyMap<string, Turn>;
  /** Whether a conversation is being created for its first message. */
  readonly creating: boolean;
}

/** The state before the conversations have been read. */
export const initialState: ChatState = {
  conversations: undefined,
  moreCursor: null,
  conversationId: undefined,
  history: undefined,
  turns: new Map(),
  problem: undefined,
  creating: false,
};

/** Returns the part of the state that the components display. */
export function toView({ turns, moreCursor, creating, ...state }: ChatState): ChatView {
  const { conversationId, history } = state;
  const turn = conversationId === undefined ? undefined : turns.get(conversationId);
  const busy = creating || (turn !== undefined && turn.problem === undefined);
  return {
    ...state,
    hasMoreConversations: moreCursor !== null,
    turn,
    ready: history !== undefined && !busy,
  };
}
