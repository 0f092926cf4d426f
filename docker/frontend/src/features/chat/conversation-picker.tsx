"use client";

import { type ReactElement, useRef, useState } from "react";
import { SelectField } from "../../ui/fields.tsx";
import { ConversationRenameForm } from "./conversation-rename-form.tsx";
import type { Chat } from "./use-chat.ts";

/** The props of the ConversationPicker. */
export interface ConversationPickerProps extends Chat {
  /** Called when the user starts a new conversation with the button. */
  readonly onNewConversation: () => void;
}

/** Controls to choose the conversation, to start a new one, and to rename or delete the open one. */
export function ConversationPicker({
  view,
  store,
  onNewConversation,
}: ConversationPickerProps): ReactElement {
  const { conversations = [], conversationId, hasMoreConversations } = view;
  /** Id of the conversation for which the user has opened the rename form. */
  const [renamedId, setRenamedId] = useState<string>();
  const renameButton = useRef<HTMLButtonElement>(null);
  const open = conversations.find(({ id }) => id === conversationId);
  const renaming = open !== undefined && open.id === renamedId;
  const titles = conversations.map(({ id, title }) => [id, title || "Without a message"] as const);
  return (
    <header className="picker stack">
      <SelectField
        label="Conversation"
        value={conversationId ?? ""}
        options={{ "": "New conversation", ...Object.fromEntries(titles) }}
        onValueChange={(id) => store.open(id === "" ? undefined : id)}
      />
      <div className="row">
        <button
          type="button"
          onClick={() => {
            store.open(undefined);
            onNewConversation();
          }}
        >
          New chat
        </button>
        {open !== undefined && (
          <button
            type="button"
            className="plain"
            ref={renameButton}
            aria-expanded={renaming}
            onClick={() => setRenamedId(renaming ? undefined : open.id)}
          >
            Rename chat
          </button>
        )}
        {conversationId !== undefined && (
          <button type="button" className="plain" onClick={() => void store.deleteOpen()}>
            Delete chat
          </button>
        )}
        {hasMoreConversations && (
          <button
            type="button"
            className="plain"
            onClick={() => void store.loadMoreConversations()}
          >
            List older chats
          </button>
        )}
      </div>
      {renaming && (
        <ConversationRenameForm
          key={open.id}
          title={open.title}
          onRename={(title) => store.rename(open.id, title)}
          onClose={() => {
            setRenamedId(undefined);
            renameButton.current?.focus();
          }}
        />
      )}
    </header>
  );
}
