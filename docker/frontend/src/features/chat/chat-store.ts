import { errorMessage } from "../../lib/error-message.ts";
import { uuid } from "../../lib/uuid.ts";
import {
  type Conversation,
  createConversation,
  deleteConversation,
  listConversations,
  type Message,
  renameConversation,
} from "./chat-api.ts";
import { type ChatState, type ChatView, initialState, toView } from "./chat-state.ts";
import { runTurn, type Turn, type TurnStart } from "./chat-turn.ts";
import {
  appendMessages,
  emptyHistory,
  readHistory,
  removeMessage,
  unansweredMessage,
} from "./message-history.ts";

/** Age from which a message without an answer is only sent again when the user asks for it. */
const MAX_AUTOMATIC_RETRY_AGE_MS = 10 * 60_000;

/** The conversations, their messages and running turns, kept in sync with the API. */
export class ChatStore {
  #state = initialState;
  #view = toView(this.#state);
  readonly #listeners = new Set<() => void>();
  readonly #taskListeners = new Set<() => void>();
  /** Ids of messages that the user has dismissed. They are not sent again automatically. */
  readonly #dismissedIds = new Set<string>();
  /** Aborted when the component is unmounted. */
  #lifetime = new AbortController();
  /** Increases whenever a conversation is opened: answers to earlier requests are outdated then. */
  #openCount = 0;

  /** Calls `listener` after each change of the view. Returns the unsubscriber. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls `listener` whenever the chat has changed tasks. Returns the unsubscriber. */
  onTasksChanged(listener: () => void): () => void {
    this.#taskListeners.add(listener);
    return () => this.#taskListeners.delete(listener);
  }

  /** Returns the current view: the same object until it changes. */
  readonly view = (): ChatView => this.#view;

  /** Reads the conversations and opens the last used one. Returns a function that stops all turns. */
  start(): () => void {
    this.#lifetime = new AbortController();
    void this.#openLastUsed();
    return () => {
      this.#lifetime.abort();
      this.#openCount += 1;
    };
  }

  /** Opens a conversation, or with undefined a new one. Turns in other conversations go on. */
  open(conversationId: string | undefined): void {
    this.#openCount += 1;
    const history = conversationId === undefined ? emptyHistory : undefined;
    this.#update({ conversationId, history, problem: undefined, creating: false });
    if (conversationId !== undefined) {
      void this.#attempt((isOpen) => this.#loadMessages(conversationId, isOpen));
    }
  }

  /** Reads the next page of the list of conversations. */
  async loadMoreConversations(): Promise<void> {
    await this.#attempt(async () => {
      const { sessions, nextCursor } = await listConversations(this.#state.moreCursor);
      const conversations = [...(this.#state.conversations ?? []), ...sessions];
      this.#update({ conversations, moreCursor: nextCursor });
    });
  }

  /** Reads the previous page of the open conversation's messages. */
  async loadOlderMessages(): Promise<void> {
    await this.#attempt(async (isOpen) => {
      const { conversationId, history } = this.#state;
      if (conversationId === undefined || history === undefined) return;
      const { messages, olderCursor } = await readHistory(conversationId, history.olderCursor);
      if (!isOpen()) return;
      const later = this.#state.history?.messages ?? [];
      this.#update({ history: { messages: [...messages, ...later], olderCursor } });
    });
  }

  /**
   * Sends a message to the open conversation and dismisses its failed turn, if any. Returns false when
   * the message was not sent, because the chat is not ready or no conversation could be created.
   */
  async send(content: string): Promise<boolean> {
    if (!this.#view.ready) return false;
    this.dismiss();
    const { conversationId } = this.#state;
    if (conversationId !== undefined) {
      this.#update({ problem: undefined });
      void this.#runTurn({ conversationId, id: uuid(), content });
      return true;
    }
    this.#update({ creating: true });
    return this.#attempt(async (isOpen) => {
      try {
        const created = await createConversation();
        this.#update({ conversations: [created, ...(this.#state.conversations ?? [])] });
        // If the user has opened another conversation meanwhile, that one stays open.
        if (isOpen()) this.#update({ conversationId: created.id });
        void this.#runTurn({ conversationId: created.id, id: uuid(), content });
      } finally {
        if (isOpen()) this.#update({ creating: false });
      }
    });
  }

  /** Repeats what has failed: sends the message of a failed turn again, or reads again. */
  retry(): void {
    const { turn, conversations, conversationId } = this.#view;
    if (turn?.problem !== undefined) void this.#runTurn(turn);
    else if (conversations === undefined) void this.#openLastUsed();
    else this.open(conversationId);
  }

  /** Removes the failed turn of the open conversation. Its message stays if the API has stored it. */
  dismiss(): void {
    const { turn } = this.#view;
    if (turn?.problem === undefined) return;
    this.#dismissedIds.add(turn.id);
    this.#endTurn(turn.conversationId, ...(turn.accepted === undefined ? [] : [turn.accepted]));
  }

  /** Changes the title of a conversation. Throws an ApiError, which the form displays. */
  async rename(id: string, title: string): Promise<void> {
    const renamed = await renameConversation(id, title);
    this.#update({
      conversations: this.#state.conversations?.map((one) => (one.id === id ? renamed : one)),
    });
  }

  /** Deletes the open conversation and opens the last used one. */
  async deleteOpen(): Promise<void> {
    const { conversationId } = this.#state;
    if (conversationId === undefined) return;
    await this.#attempt(async (isOpen) => {
      await deleteConversation(conversationId);
      const [last] = await this.#loadConversations();
      if (isOpen()) this.open(last?.id);
    });
  }

  #openLastUsed(): Promise<boolean> {
    return this.#attempt(async (isOpen) => {
      const [last] = await this.#loadConversations();
      if (isOpen()) this.open(last?.id);
    });
  }

  async #loadConversations(): Promise<readonly Conversation[]> {
    const { sessions, nextCursor } = await listConversations();
    this.#update({ conversations: sessions, moreCursor: nextCursor });
    return sessions;
  }

  async #loadMessages(conversationId: string, isOpen: () => boolean): Promise<void> {
    const history = await readHistory(conversationId);
    if (!isOpen()) return;
    const turn = this.#state.turns.get(conversationId);
    if (turn !== undefined) {
      this.#update({ history: removeMessage(history, turn.id) });
      return;
    }
    // A message has no answer when the page was closed during its turn. The turn is repeated.
    const unanswered = unansweredMessage(history);
    if (unanswered === undefined || this.#dismissedIds.has(unanswered.id)) {
      this.#update({ history });
      return;
    }
    this.#update({ history: removeMessage(history, unanswered.id) });
    const { id, content, createdAt } = unanswered;
    const start: TurnStart = { conversationId, id, content, accepted: unanswered };
    if (Date.now() - Date.parse(createdAt) < MAX_AUTOMATIC_RETRY_AGE_MS) void this.#runTurn(start);
    else {
      const problem = "This message has got no answer.";
      this.#showTurn({ ...start, answer: "", tools: [], problem });
    }
  }

  async #runTurn(start: TurnStart): Promise<void> {
    const { signal } = this.#lifetime;
    const listener = {
      onUpdate: (turn: Turn) => this.#showTurn(turn),
      onTasksChanged: () => this.#taskListeners.forEach((notify) => notify()),
    };
    const exchange = await runTurn(start, listener, signal);
    if (signal.aborted || exchange === undefined) return;
    this.#endTurn(start.conversationId, exchange.question, exchange.answer);
    // The first message sets the title, and every message moves its conversation to the top.
    await this.#loadConversations().catch(() => undefined);
  }

  #showTurn(turn: Turn): void {
    this.#update({ turns: new Map(this.#state.turns).set(turn.conversationId, turn) });
  }

  /** Removes the turn of a conversation and adds its messages to the history if that is displayed. */
  #endTurn(conversationId: string, ...messages: readonly Message[]): void {
    const turns = new Map(this.#state.turns);
    turns.delete(conversationId);
    const { history } = this.#state;
    const isDisplayed = conversationId === this.#state.conversationId && history !== undefined;
    this.#update({ turns, history: isDisplayed ? appendMessages(history, ...messages) : history });
  }

  /**
   * Runs an action for the open conversation and returns whether it succeeded. An error is displayed
   * if the conversation is still open then.
   */
  async #attempt(action: (isOpen: () => boolean) => Promise<void>): Promise<boolean> {
    const openCount = this.#openCount;
    const isOpen = (): boolean => openCount === this.#openCount;
    try {
      await action(isOpen);
      if (isOpen()) this.#update({ problem: undefined });
      return true;
    } catch (error) {
      if (isOpen()) this.#update({ problem: errorMessage(error) });
      return false;
    }
  }

  #update(changes: Partial<ChatState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#view = toView(this.#state);
    for (const listener of this.#listeners) listener();
  }
}
