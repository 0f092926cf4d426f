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
  const { view, conversations } = useChat(tasksChanged);
  const { turn, problem, ready } = view;
  const [text, setText] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);
  const failed = turn?.problem !== undefined;
  const broken = problem !== undefined || failed;
  const wasBroken = useRef(broken);
  useEffect(() => {
    wasBroken.current = broken;
  });

  // What failed for want of a session or a network is tried again when there is one.
  useEffect(() => {
    if (wasBroken.current) conversations.again();
  }, [returns, conversations]);
  useEffect(() => {
    if (!broken) return undefined;
    const retry = (): void => conversations.again();
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [broken, conversations]);

  const send = async (): Promise<void> => {
    const content = text.trim();
    if (!ready || content === "") return;
    setText("");
    if (!(await conversations.send(content))) {
      // The next words may have been begun meanwhile.
      setText((typed) => (typed === "" ? content : `${content}\n${typed}`));
    }
    input.current?.focus();
  };

  return (
    <section className="panel chat" aria-label="Chat">
      <ChatPicker {...{ view, conversations }} begin={() => input.current?.focus()} />
      <ChatMessages
        {...{ view, conversations }}
        suggest={(words) => {
          setText(words);
          input.current?.focus();
        }}
      />
      {broken && (
        <Problem text={turn?.problem ?? problem ?? ""}>
          <button type="button" onClick={() => conversations.again()}>
            Try again
          </button>
          {failed && (
            <button
              type="button"
              onClick={() => {
                conversations.dismiss();
                input.current?.focus();
              }}
            >
              Dismiss
            </button>
          )}
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
