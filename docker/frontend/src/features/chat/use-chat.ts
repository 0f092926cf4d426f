"use client";

import { useEffect, useState, useSyncExternalStore } from "react";
import type { ChatView } from "./chat-state.ts";
import { ChatStore } from "./chat-store.ts";

/** The state of the chat and the store that changes it. */
export interface Chat {
  readonly view: ChatView;
  readonly store: ChatStore;
}

/** Creates the chat of the signed-in user, which runs while the component is mounted. */
export function useChat(onTasksChanged: () => void): Chat {
  const [store] = useState(() => new ChatStore());
  const { subscribe, view } = store;
  useEffect(() => store.onTasksChanged(onTasksChanged), [store, onTasksChanged]);
  useEffect(() => store.start(), [store]);
  return { view: useSyncExternalStore(subscribe, view, view), store };
}
