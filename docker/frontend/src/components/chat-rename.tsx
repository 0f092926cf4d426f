"use client";

import { useState } from "react";
import { CHAT_TITLE_MAX } from "../lib/chat-api.ts";
import { Field } from "./field.tsx";
import { SubmitForm } from "./submit.tsx";

/** What the form needs. */
export interface ChatRenameProps {
  readonly title: string;
  /** Throws an ApiError where it fails. */
  readonly rename: (title: string) => Promise<void>;
  readonly close: () => void;
}

/** Gives a conversation another title. */
export function ChatRename({ title, rename, close }: ChatRenameProps) {
  const [words, setWords] = useState(title);
  return (
    <SubmitForm
      label="Save title"
      action={async () => {
        await rename(words.trim());
        close();
        return undefined;
      }}
    >
      <Field
        label="Title of the conversation"
        autoFocus
        required
        maxLength={CHAT_TITLE_MAX}
        autoComplete="off"
        value={words}
        change={setWords}
        onKeyDown={(event) => {
          if (event.key === "Escape") close();
        }}
      />
    </SubmitForm>
  );
}
