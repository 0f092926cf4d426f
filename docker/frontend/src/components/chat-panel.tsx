"use client";

import { useEffect, useRef, useState } from "react";
import { useChat } from "../lib/use-chat.ts";
import { ChatComposer } from "./chat-composer.tsx";
import { ChatMessages } from "./chat-messages.tsx";
import { ChatPicker } from "./chat-picker.tsx";
import { Problem } from "./problem.tsx";

/** What the panel needs. */
export interface ChatPanelProps {
  /** Rises when the user has signed in again after the session had ended. */
  readonly returns: number;
  readonly tasksChanged: () => void;
}

/** The chat: which conversation, what was said, and a line to say more. */
export function ChatPanel({ returns, tasksChanged }: ChatPanelProps) {
  const chat = useChat(tasksChanged);
  const { history, turn, problem } = chat;
  const [text, setText] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);
  const again = useRef(chat.again);
  const broken = problem !== undefined || turn?.problem !== undefined;
  useEffect(() => {
    again.current = chat.again;
  });

  // What failed for want of a session or a network is tried again when there is one.
  useEffect(() => {
    if (broken) again.current();
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [returns]);
  useEffect(() => {
    if (!broken) return undefined;
    const retry = (): void => {
      again.current();
    };
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [broken]);

  const ready = history !== undefined && turn === undefined;
  const send = async (): Promise<void> => {
    const content = text.trim();
    if (!ready || content === "") return;
    setText("");
    if (!(await chat.send(content))) setText(content);
    input.current?.focus();
  };

  return (
    <section className="panel chat" aria-label="Chat">
      <ChatPicker chat={chat} begin={() => input.current?.focus()} />
      <ChatMessages
        chat={chat}
        suggest={(words) => {
          setText(words);
          input.current?.focus();
        }}
      />
      {broken && (
        <Problem text={turn?.problem ?? problem ?? ""}>
          <button type="button" onClick={chat.again}>
            Try again
          </button>
        </Problem>
      )}
      <ChatComposer
        input={input}
        text={text}
        setText={setText}
        ready={ready}
        send={() => void send()}
      />
    </section>
  );
}
