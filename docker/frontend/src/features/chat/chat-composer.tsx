"use client";

import { type ReactElement, type RefObject, useId } from "react";
import { MAX_MESSAGE_LENGTH } from "./chat-api.ts";

/** The props of the ChatComposer. */
export interface ChatComposerProps {
  /** Receives the text area, for moving the focus to it. */
  readonly inputRef: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly onTextChange: (text: string) => void;
  /** False while a turn runs: the next message can be typed but not sent. */
  readonly ready: boolean;
  readonly onSend: () => void;
}

/** A form to write a message. Enter sends it; Shift+Enter starts a new line. */
export function ChatComposer({
  inputRef,
  text,
  onTextChange,
  ready,
  onSend,
}: ChatComposerProps): ReactElement {
  const id = useId();
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <label htmlFor={id}>Message</label>
      <div className="row">
        <textarea
          id={id}
          ref={inputRef}
          rows={2}
          maxLength={MAX_MESSAGE_LENGTH}
          enterKeyHint="send"
          value={text}
          onChange={(event) => onTextChange(event.target.value)}
          onKeyDown={(event) => {
            // During composition, Enter belongs to the input method.
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            onSend();
          }}
        />
        <button type="submit" className="primary" aria-disabled={!ready || text.trim() === ""}>
          Send
        </button>
      </div>
    </form>
  );
}
