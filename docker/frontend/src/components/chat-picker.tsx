"use client";

import { useId, useRef, useState } from "react";
import type { Chatting } from "../lib/use-chat.ts";
import { ChatRename } from "./chat-rename.tsx";

/** What the picker needs. */
export interface ChatPickerProps extends Chatting {
  /** Called when a new conversation begins. */
  readonly begin: () => void;
}

/** Chooses the conversation, begins a new one, and renames or deletes the one that is open. */
export function ChatPicker({ view, conversations, begin }: ChatPickerProps) {
  const { chats = [], chatId, hasMoreChats } = view;
  /** The conversation that is being renamed. */
  const [renamed, setRenamed] = useState<string>();
  const toggle = useRef<HTMLButtonElement>(null);
  const id = useId();
  const chat = chats.find((one) => one.id === chatId);
  const renaming = chat !== undefined && chat.id === renamed;
  return (
    <header className="picker stack">
      <div className="field">
        <label htmlFor={id}>Conversation</label>
        <select
          id={id}
          value={chatId ?? ""}
          onChange={(event) =>
            conversations.open(event.target.value === "" ? undefined : event.target.value)
          }
        >
          <option value="">New conversation</option>
          {chats.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title || "Without a message"}
            </option>
          ))}
        </select>
      </div>
      <div className="row">
        <button
          type="button"
          onClick={() => {
            conversations.open(undefined);
            begin();
          }}
        >
          New chat
        </button>
        {chat !== undefined && (
          <button
            type="button"
            className="plain"
            ref={toggle}
            aria-expanded={renaming}
            onClick={() => setRenamed(renaming ? undefined : chat.id)}
          >
            Rename chat
          </button>
        )}
        {chatId !== undefined && (
          <button type="button" className="plain" onClick={() => void conversations.remove()}>
            Delete chat
          </button>
        )}
        {hasMoreChats && (
          <button type="button" className="plain" onClick={() => void conversations.moreChats()}>
            List older chats
          </button>
        )}
      </div>
      {renaming && (
        <ChatRename
          key={chat.id}
          title={chat.title}
          rename={(title) => conversations.rename(chat.id, title)}
          close={() => {
            setRenamed(undefined);
            toggle.current?.focus();
          }}
        />
      )}
    </header>
  );
}
