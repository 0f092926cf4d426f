"use client";

import { type ReactElement, useState } from "react";
import { TextField } from "../../ui/fields.tsx";
import { SubmitForm } from "../../ui/submit-form.tsx";
import { MAX_CONVERSATION_TITLE_LENGTH } from "./chat-api.ts";

/** The props of a ConversationRenameForm. */
export interface ConversationRenameFormProps {
  /** The current title. */
  readonly title: string;
  /** Stores the new title. Throws an ApiError, which the form displays. */
  readonly onRename: (title: string) => Promise<void>;
  readonly onClose: () => void;
}

/** A form to change the title of a conversation. */
export function ConversationRenameForm({
  title,
  onRename,
  onClose,
}: ConversationRenameFormProps): ReactElement {
  const [newTitle, setNewTitle] = useState(title);
  return (
    <SubmitForm
      label="Save title"
      onSubmit={async () => {
        await onRename(newTitle.trim());
        onClose();
        return undefined;
      }}
    >
      <TextField
        label="Title of the conversation"
        autoFocus
        required
        maxLength={MAX_CONVERSATION_TITLE_LENGTH}
        autoComplete="off"
        value={newTitle}
        onValueChange={setNewTitle}
        onKeyDown={(event) => {
          if (event.key === "Escape") onClose();
        }}
      />
    </SubmitForm>
  );
}
