"use client";

import type { ReactElement } from "react";
import type { Message } from "./chat-api.ts";

/** What each tool that changes tasks has done, for "2 tasks added". */
const toolVerbs: Readonly<Record<string, string>> = {
  add_task: "added",
  update_task: "changed",
  complete_task: "completed",
  delete_task: "deleted",
};

/** The props of a MessageBubble. */
export interface MessageBubbleProps extends Pick<Message, "role" | "content" | "tools"> {
  /** Whether the built-in rules wrote the answer, without the language model. */
  readonly byRules?: boolean;
  /** Whether the answer is still incomplete. */
  readonly busy?: boolean;
}

/** One message with the changes that the chat made. */
export function MessageBubble({
  role,
  content,
  tools,
  byRules = false,
  busy = false,
}: MessageBubbleProps): ReactElement {
  const changes = tools.flatMap(({ name, ok, taskIds }) => {
    const verb = toolVerbs[name];
    if (verb === undefined || !ok) return [];
    return [`${taskIds.length === 1 ? "1 task" : `${taskIds.length} tasks`} ${verb}`];
  });
  return (
    <li className={`message ${role}`} aria-busy={busy}>
      <span className="visually-hidden">{role === "user" ? "You: " : "Answer: "}</span>
      <p>{content}</p>
      {changes.length > 0 && <p className="changes">✓ {changes.join(", ")}</p>}
      {byRules && <p className="hint">answered by rules, without the language model</p>}
    </li>
  );
}
