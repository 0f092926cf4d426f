"use client";

import { type ReactElement, useEffect, useRef } from "react";
import { MessageBubble } from "./message-bubble.tsx";
import type { Chat } from "./use-chat.ts";

const examples = ["add buy milk tomorrow", "what is due this week?", "mark the second one done"];

/** The props of the ChatMessages. */
export interface ChatMessagesProps extends Chat {
  /** Called with the text of an example that the user has clicked. */
  readonly onExampleClick: (text: string) => void;
}

/** The messages of the open conversation and its current turn. Examples in an empty conversation. */
export function ChatMessages({ view, store, onExampleClick }: ChatMessagesProps): ReactElement {
  const { history, turn, problem } = view;
  const log = useRef<HTMLDivElement>(null);
  const messages = history?.messages ?? [];
  const last = messages.at(-1);

  // Keeps the newest text visible.
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [last?.id, turn?.answer, turn?.id]);

  return (
    <>
      <div className="log" ref={log} role="region" aria-label="Messages" tabIndex={0}>
        {history?.olderCursor != null && (
          <button type="button" className="plain" onClick={() => void store.loadOlderMessages()}>
            Show earlier messages
          </button>
        )}
        {history === undefined && problem === undefined && (
          <p className="notice">Loading the chat…</p>
        )}
        {history !== undefined && messages.length === 0 && turn === undefined && (
          <div className="notice">
            <p>Say what is to be done, in plain English. For example:</p>
            <ul className="examples">
              {examples.map((text) => (
                <li key={text}>
                  <button type="button" onClick={() => onExampleClick(text)}>
                    {text}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
        <ol className="messages">
          {messages.map(({ id, role, content, tools, source }) => (
            <MessageBubble
              key={id}
              role={role}
              content={content}
              tools={tools}
              byRules={source === "rules"}
            />
          ))}
          {turn !== undefined && (
            <>
              <MessageBubble role="user" content={turn.content} tools={[]} />
              {(turn.problem === undefined || turn.answer !== "" || turn.tools.length > 0) && (
                <MessageBubble
                  role="assistant"
                  content={turn.answer === "" ? "…" : turn.answer}
                  tools={turn.tools}
                  busy={turn.problem === undefined}
                />
              )}
            </>
          )}
        </ol>
      </div>
      <p className="visually-hidden" role="status">
        {turn !== undefined && turn.problem === undefined && "The answer is on its way."}
        {turn === undefined && last?.role === "assistant" && `Answer: ${last.content}`}
      </p>
    </>
  );
}
