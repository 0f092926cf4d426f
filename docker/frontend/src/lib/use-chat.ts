"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import { messageOf } from "./api.ts";
import { type Chat, createChat, deleteChat, listChats, listMessages } from "./chat-api.ts";
import type { Message } from "./chat-api.ts";
import { runTurn, type Turn } from "./turn.ts";
import { uuid } from "./uuid.ts";

/** The part of a conversation that is shown. */
interface History {
  readonly messages: readonly Message[];
  /** Leads to older messages; null where there are none. */
  readonly older: string | null;
}

const NOTHING: History = { messages: [], older: null };

/** The conversations, the one that is open, and what can be done. */
export interface ChatState {
  /** Undefined until they were read for the first time. */
  readonly chats: readonly Chat[] | undefined;
  readonly hasMoreChats: boolean;
  /** The open conversation; undefined for a new one that has no message yet. */
  readonly chatId: string | undefined;
  /** Undefined while it is read. */
  readonly history: History | undefined;
  readonly turn: Turn | undefined;
  readonly problem: string | undefined;
  readonly open: (id: string | undefined) => void;
  readonly moreChats: () => void;
  readonly older: () => void;
  /** Sends a message; false when it could not even be begun, so that what was typed is kept. */
  readonly send: (content: string) => Promise<boolean>;
  /** Sends the message again that got no answer, or reads again what could not be read. */
  readonly again: () => void;
  readonly remove: () => Promise<void>;
}

/** Keeps the conversations in step with the API. */
export function useChat(tasksChanged: () => void): ChatState {
  const [chats, setChats] = useState<readonly Chat[]>();
  const [moreChats, setMoreChats] = useState<string | null>(null);
  const [chatId, setChatId] = useState<string>();
  const [history, setHistory] = useState<History>();
  const [turn, setTurn] = useState<Turn>();
  const [problem, setProblem] = useState<string>();

  /** Ends what belongs to the conversation that was open before. */
  const current = useRef(new AbortController());
  const changed = useRef(tasksChanged);
  useEffect(() => {
    changed.current = tasksChanged;
  });

  const attempt = useCallback(async (action: () => Promise<void>): Promise<boolean> => {
    const { signal } = current.current;
    try {
      await action();
      setProblem(undefined);
      return true;
    } catch (error) {
      if (!signal.aborted) setProblem(messageOf(error));
      return false;
    }
  }, []);

  const readChats = useCallback(async (): Promise<readonly Chat[]> => {
    const { sessions, nextCursor } = await listChats();
    setChats(sessions);
    setMoreChats(nextCursor);
    return sessions;
  }, []);

  const follow = useCallback(
    async (start: Pick<Turn, "chatId" | "id" | "content">): Promise<void> => {
      const { signal } = current.current;
      const listener = { show: setTurn, tasksChanged: () => changed.current() };
      const exchange = await runTurn(start, listener, signal);
      if (signal.aborted || exchange === undefined) return;
      setHistory((before = NOTHING) => {
        const { question, answer } = exchange;
        const others = before.messages.filter(({ id }) => id !== question.id && id !== answer.id);
        return { ...before, messages: [...others, question, answer] };
      });
      setTurn(undefined);
      // The first message names the conversation, and each puts it in front.
      await readChats().catch(() => undefined);
    },
    [readChats],
  );

  const open = useCallback(
    (id: string | undefined): void => {
      current.current.abort();
      current.current = new AbortController();
      const { signal } = current.current;
      setChatId(id);
      setTurn(undefined);
      setProblem(undefined);
      setHistory(id === undefined ? NOTHING : undefined);
      if (id === undefined) return;
      void attempt(async () => {
        const { messages, nextCursor } = await listMessages(id);
        if (signal.aborted) return;
        const last = messages.at(-1);
        // A message without an answer: the page was left while it came. It is asked for again.
        const waiting = last?.role === "user" ? last : undefined;
        const rest = waiting === undefined ? messages : messages.slice(0, -1);
        setHistory({ messages: rest, older: nextCursor });
        if (waiting !== undefined)
          void follow({ chatId: id, id: waiting.id, content: waiting.content });
      });
    },
    [attempt, follow],
  );

  const begin = useCallback(
    () => attempt(async () => open((await readChats())[0]?.id)),
    [attempt, open, readChats],
  );
  useEffect(() => {
    void begin();
    return () => current.current.abort();
  }, [begin]);

  const again = (): void => {
    if (turn?.problem !== undefined) void follow(turn);
    else if (chats === undefined) void begin();
    else open(chatId);
  };

  return {
    ...{ chats, hasMoreChats: moreChats !== null, chatId, history, turn, problem, open, again },
    moreChats: () =>
      void attempt(async () => {
        const { sessions, nextCursor } = await listChats(moreChats);
        setChats((before = []) => [...before, ...sessions]);
        setMoreChats(nextCursor);
      }),
    older: () =>
      void attempt(async () => {
        if (chatId === undefined || history === undefined) return;
        const { signal } = current.current;
        const { messages, nextCursor } = await listMessages(chatId, history.older);
        if (signal.aborted) return;
        setHistory((before = NOTHING) => ({
          messages: [...messages, ...before.messages],
          older: nextCursor,
        }));
      }),
    send: (content) =>
      attempt(async () => {
        let id = chatId;
        if (id === undefined) {
          const chat = await createChat();
          ({ id } = chat);
          setChats((before = []) => [chat, ...before]);
          setChatId(id);
        }
        void follow({ chatId: id, id: uuid(), content });
      }),
    remove: async () => {
      if (chatId === undefined) return;
      await attempt(async () => {
        await deleteChat(chatId);
        open((await readChats())[0]?.id);
      });
    },
  };
}
