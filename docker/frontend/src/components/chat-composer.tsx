"use client";

import { type RefObject, useId } from "react";
import { MESSAGE_MAX } from "../lib/chat-api.ts";

/** What the line needs. */
export interface ChatComposerProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly text: string;
  readonly setText: (text: string) => void;
  /** False while an answer is awaited: the next message can be typed, but not sent. */
  readonly ready: boolean;
  readonly send: () => void;
}

/** A line to talk to the chat. Enter sends; with Shift it begins a new line. */
export function ChatComposer({ input, text, setText, ready, send }: ChatComposerProps) {
  const id = useId();
  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <label htmlFor={id}>Message</label>
      <div className="row">
        <textarea
          id={id}
          ref={input}
          rows={2}
          maxLength={MESSAGE_MAX}
          enterKeyHint="send"
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            // An input method takes Enter for itself while it composes.
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <button type="submit" className="primary" aria-disabled={!ready || text.trim() === ""}>
          Send
        </button>
      </div>
    </form>
  );
}
