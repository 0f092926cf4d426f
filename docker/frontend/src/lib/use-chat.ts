"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import { type ChatView, Conversations } from "./conversations.ts";

/** The conversations: what is shown of them, and what can be done. */
export interface Chatting {
  readonly view: ChatView;
  readonly conversations: Conversations;
}

/** The conversations of whoever is signed in, for as long as the component is there. */
export function useChat(tasksChanged: () => void): Chatting {
  const [conversations] = useState(() => new Conversations());
  const { subscribe, view } = conversations;
  useEffect(() => conversations.onTasksChanged(tasksChanged), [conversations, tasksChanged]);
  useEffect(() => conversations.start(), [conversations]);
  return { view: useSyncExternalStore(subscribe, view, view), conversations };
}
