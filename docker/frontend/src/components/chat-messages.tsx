"use client";

import { useEffect, useRef } from "react";
import type { ToolUse } from "../lib/chat-api.ts";
import type { Chatting } from "../lib/use-chat.ts";

const EXAMPLES = ["add buy milk tomorrow", "what is due this week?", "mark the second one done"];

const DEEDS: Readonly<Record<string, string>> = {
  add_task: "added",
  update_task: "changed",
  complete_task: "completed",
  delete_task: "deleted",
};

/** What the messages need. */
export interface ChatMessagesProps extends Chatting {
  /** Puts words into the line below. */
  readonly suggest: (words: string) => void;
}

/** What was said, and what is being said now. */
export function ChatMessages({ view, conversations, suggest }: ChatMessagesProps) {
  const { history, turn, problem } = view;
  const log = useRef<HTMLDivElement>(null);
  const messages = history?.messages ?? [];
  const last = messages.at(-1);

  // The newest words stay in sight.
  useEffect(() => {
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [last?.id, turn?.answer, turn?.id]);

  return (
    <>
      <div className="log" ref={log} role="region" aria-label="Messages" tabIndex={0}>
        {history?.older != null && (
          <button type="button" className="plain" onClick={() => void conversations.older()}>
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
              {EXAMPLES.map((words) => (
                <li key={words}>
                  <button type="button" onClick={() => suggest(words)}>
                    {words}
                  </button>
                </li>
              ))}
            </ul>
          </div>
        )}
        <ol className="messages">
          {messages.map(({ id, role, content, tools, source }) => (
            <Bubble
              key={id}
              role={role}
              content={content}
              tools={tools}
              byRules={source === "rules"}
            />
          ))}
          {turn !== undefined && (
            <>
              <Bubble role="user" content={turn.content} tools={[]} />
              {(turn.problem === undefined || turn.answer !== "" || turn.tools.length > 0) && (
                <Bubble
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

interface BubbleProps {
  readonly role: "user" | "assistant";
  readonly content: string;
  readonly tools: readonly ToolUse[];
  readonly byRules?: boolean;
  readonly busy?: boolean;
}

function Bubble({ role, content, tools, byRules = false, busy = false }: BubbleProps) {
  const deeds = tools.flatMap(({ name, ok, taskIds }) => {
    const deed = DEEDS[name];
    if (deed === undefined || !ok) return [];
    return [`${taskIds.length === 1 ? "1 task" : `${taskIds.length} tasks`} ${deed}`];
  });
  return (
    <li className={`message ${role}`} aria-busy={busy}>
      <span className="visually-hidden">{role === "user" ? "You: " : "Answer: "}</span>
      <p>{content}</p>
      {deeds.length > 0 && <p className="deeds">✓ {deeds.join(", ")}</p>}
      {byRules && <p className="hint">answered by rules, without the language model</p>}
    </li>
  );
}
