import { messageOf } from "./api.ts";
import { type Chat, createChat, deleteChat, listChats, renameChat } from "./chat-api.ts";
import type { Message } from "./chat-api.ts";
import { append, type History, leaveOut, NOTHING, readHistory, unanswered } from "./history.ts";
import { runTurn, type Start, type Turn } from "./turn.ts";
import { uuid } from "./uuid.ts";

/** What is shown of the conversations. */
export interface ChatView {
  /** Undefined until they were read for the first time. */
  readonly chats: readonly Chat[] | undefined;
  readonly hasMoreChats: boolean;
  /** The open conversation; undefined for a new one that has no message yet. */
  readonly chatId: string | undefined;
  /** Undefined while it is read. */
  readonly history: History | undefined;
  /** The message of the open conversation that waits for its answer, or has failed. */
  readonly turn: Turn | undefined;
  readonly problem: string | undefined;
  /** Whether a message can be sent now. */
  readonly ready: boolean;
}

/** All that is known, whatever is open. */
interface State extends Omit<ChatView, "hasMoreChats" | "turn" | "ready"> {
  readonly moreChats: string | null;
  /** By conversation: an answer is awaited to its end, whichever conversation is open meanwhile. */
  readonly turns: ReadonlyMap<string, Turn>;
  /** A conversation is being begun for the first message. */
  readonly beginning: boolean;
}

/** After so long without an answer a message isn't sent again unasked: its sender may have given it up. */
const FORGOTTEN_MS = 10 * 60_000;

/** Keeps the conversations in step with the API, and tells when what is shown has changed. */
export class Conversations {
  #state: State = {
    ...{ chats: undefined, moreChats: null, chatId: undefined, history: undefined },
    ...{ turns: new Map(), problem: undefined, beginning: false },
  };
  #view = viewOf(this.#state);
  readonly #listeners = new Set<() => void>();
  readonly #taskListeners = new Set<() => void>();
  /** Messages that are not to be sent again. */
  readonly #dismissed = new Set<string>();
  /** Ends when the page is left. */
  #page = new AbortController();
  /** Counts what was opened: what belongs to an earlier one must not be shown any more. */
  #opened = 0;

  /** Calls back whenever the view has changed. Returns how to stop that. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Calls back whenever the chat has changed the list of tasks. Returns how to stop that. */
  onTasksChanged(listener: () => void): () => void {
    this.#taskListeners.add(listener);
    return () => this.#taskListeners.delete(listener);
  }

  /** What is to be shown now: the same object until something changes. */
  readonly view = (): ChatView => this.#view;

  /** Reads the conversations and opens the one that was used last. Returns how to end everything. */
  start(): () => void {
    this.#page = new AbortController();
    void this.#begin();
    return () => {
      this.#page.abort();
      this.#opened += 1;
    };
  }

  /** Opens a conversation, or with undefined a new one. What is awaited in another goes on there. */
  open(chatId: string | undefined): void {
    this.#opened += 1;
    const history = chatId === undefined ? NOTHING : undefined;
    this.#set({ chatId, history, problem: undefined, beginning: false });
    if (chatId !== undefined) void this.#attempt((isOpen) => this.#read(chatId, isOpen));
  }

  /** Reads more of the list of conversations. */
  async moreChats(): Promise<void> {
    await this.#attempt(async () => {
      const { sessions, nextCursor } = await listChats(this.#state.moreChats);
      this.#set({ chats: [...(this.#state.chats ?? []), ...sessions], moreChats: nextCursor });
    });
  }

  /** Reads what was said earlier. */
  async older(): Promise<void> {
    await this.#attempt(async (isOpen) => {
      const { chatId, history } = this.#state;
      if (chatId === undefined || history === undefined) return;
      const { messages, older } = await readHistory(chatId, history.older);
      if (!isOpen()) return;
      const later = this.#state.history?.messages ?? [];
      this.#set({ history: { messages: [...messages, ...later], older } });
    });
  }

  /**
   * Sends a message to the open conversation, in place of one that has failed. False when it could not
   * even be begun, so that what was typed is kept.
   */
  async send(content: string): Promise<boolean> {
    if (!this.#view.ready) return false;
    this.dismiss();
    const { chatId } = this.#state;
    if (chatId !== undefined) {
      this.#set({ problem: undefined });
      void this.#follow({ chatId, id: uuid(), content });
      return true;
    }
    this.#set({ beginning: true });
    return this.#attempt(async (isOpen) => {
      try {
        const chat = await createChat();
        this.#set({ chats: [chat, ...(this.#state.chats ?? [])] });
        // Who has opened another conversation meanwhile stays there; the message is sent all the same.
        if (isOpen()) this.#set({ chatId: chat.id });
        void this.#follow({ chatId: chat.id, id: uuid(), content });
      } finally {
        if (isOpen()) this.#set({ beginning: false });
      }
    });
  }

  /** Sends the message again that got no answer, or reads again what could not be read. */
  again(): void {
    const { turn, chats, chatId } = this.#view;
    if (turn?.problem !== undefined) void this.#follow(turn);
    else if (chats === undefined) void this.#begin();
    else this.open(chatId);
  }

  /** Gives up the message that has failed. It stays among the others if the API has it. */
  dismiss(): void {
    const { turn } = this.#view;
    if (turn?.problem === undefined) return;
    this.#dismissed.add(turn.id);
    this.#endTurn(turn.chatId, ...(turn.accepted === undefined ? [] : [turn.accepted]));
  }

  /**
   * Gives a conversation another title.
   *
   * @throws ApiError where that fails: the form with the title says so
   */
  async rename(chatId: string, title: string): Promise<void> {
    const renamed = await renameChat(chatId, title);
    this.#set({ chats: this.#state.chats?.map((chat) => (chat.id === chatId ? renamed : chat)) });
  }

  /** Deletes the open conversation and opens the one that was used last. */
  async remove(): Promise<void> {
    const { chatId } = this.#state;
    if (chatId === undefined) return;
    await this.#attempt(async (isOpen) => {
      await deleteChat(chatId);
      const [last] = await this.#readChats();
      if (isOpen()) this.open(last?.id);
    });
  }

  #begin(): Promise<boolean> {
    return this.#attempt(async (isOpen) => {
      const [last] = await this.#readChats();
      if (isOpen()) this.open(last?.id);
    });
  }

  async #readChats(): Promise<readonly Chat[]> {
    const { sessions, nextCursor } = await listChats();
    this.#set({ chats: sessions, moreChats: nextCursor });
    return sessions;
  }

  async #read(chatId: string, isOpen: () => boolean): Promise<void> {
    const history = await readHistory(chatId);
    if (!isOpen()) return;
    const turn = this.#state.turns.get(chatId);
    if (turn !== undefined) {
      this.#set({ history: leaveOut(history, turn.id) });
      return;
    }
    // A message without an answer: the page was left while it came. It is asked for again.
    const waiting = unanswered(history);
    if (waiting === undefined || this.#dismissed.has(waiting.id)) {
      this.#set({ history });
      return;
    }
    this.#set({ history: leaveOut(history, waiting.id) });
    const { id, content, createdAt } = waiting;
    const start: Start = { chatId, id, content, accepted: waiting };
    if (Date.now() - Date.parse(createdAt) < FORGOTTEN_MS) void this.#follow(start);
    else {
      const problem = "This message has got no answer.";
      this.#show({ ...start, answer: "", tools: [], problem });
    }
  }

  async #follow(start: Start): Promise<void> {
    const { signal } = this.#page;
    const listener = {
      show: (turn: Turn) => this.#show(turn),
      tasksChanged: () => this.#taskListeners.forEach((listener) => listener()),
    };
    const exchange = await runTurn(start, listener, signal);
    if (signal.aborted || exchange === undefined) return;
    this.#endTurn(start.chatId, exchange.question, exchange.answer);
    // The first message names the conversation, and each puts it in front.
    await this.#readChats().catch(() => undefined);
  }

  #show(turn: Turn): void {
    this.#set({ turns: new Map(this.#state.turns).set(turn.chatId, turn) });
  }

  /** Forgets the turn of a conversation; what is left of it is shown where that is open. */
  #endTurn(chatId: string, ...left: readonly Message[]): void {
    const turns = new Map(this.#state.turns);
    turns.delete(chatId);
    const { history } = this.#state;
    const shown = chatId === this.#state.chatId && history !== undefined;
    this.#set({ turns, history: shown ? append(history, ...left) : history });
  }

  /** Does something for what is open. What goes wrong is shown while that is still open. */
  async #attempt(action: (isOpen: () => boolean) => Promise<void>): Promise<boolean> {
    const opened = this.#opened;
    const isOpen = (): boolean => opened === this.#opened;
    try {
      await action(isOpen);
      if (isOpen()) this.#set({ problem: undefined });
      return true;
    } catch (error) {
      if (isOpen()) this.#set({ problem: messageOf(error) });
      return false;
    }
  }

  #set(change: Partial<State>): void {
    this.#state = { ...this.#state, ...change };
    this.#view = viewOf(this.#state);
    for (const listener of this.#listeners) listener();
  }
}

function viewOf({ turns, moreChats, beginning, ...state }: State): ChatView {
  const turn = state.chatId === undefined ? undefined : turns.get(state.chatId);
  const waiting = beginning || (turn !== undefined && turn.problem === undefined);
  return {
    ...state,
    hasMoreChats: moreChats !== null,
    turn,
    ready: state.history !== undefined && !waiting,
  };
}
