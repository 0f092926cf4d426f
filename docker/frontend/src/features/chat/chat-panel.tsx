"use client";

import { type ReactElement, useEffect, useRef, useState } from "react";
import { ProblemNotice } from "../../ui/problem-notice.tsx";
import { ChatComposer } from "./chat-composer.tsx";
import { ChatMessages } from "./chat-messages.tsx";
import { ConversationPicker } from "./conversation-picker.tsx";
import { useChat } from "./use-chat.ts";

/** The props of the ChatPanel. */
export interface ChatPanelProps {
  /** Increases when the user signs in again after the session has ended. */
  readonly signInCount: number;
  /** Called when the chat has changed tasks. */
  readonly onTasksChanged: () => void;
}

/** The chat: the choice of the conversation, its messages, and a form to send one. */
export function ChatPanel({ signInCount, onTasksChanged }: ChatPanelProps): ReactElement {
  const { view, store } = useChat(onTasksChanged);
  const { turn, problem, ready } = view;
  const [text, setText] = useState("");
  const input = useRef<HTMLTextAreaElement>(null);
  const turnFailed = turn?.problem !== undefined;
  const failed = problem !== undefined || turnFailed;
  const hasFailed = useRef(failed);
  useEffect(() => {
    hasFailed.current = failed;
  });

  // What failed without a session or a network is repeated when that is available again.
  useEffect(() => {
    if (hasFailed.current) store.retry();
  }, [signInCount, store]);
  useEffect(() => {
    if (!failed) return undefined;
    const retry = (): void => store.retry();
    window.addEventListener("online", retry);
    return () => window.removeEventListener("online", retry);
  }, [failed, store]);

  const focusInput = (): void => input.current?.focus();
  const handleSend = async (): Promise<void> => {
    const content = text.trim();
    if (!ready || content === "") return;
    setText("");
    if (!(await store.send(content))) {
      // The user may have typed more meanwhile.
      setText((typed) => (typed === "" ? content : `${content}\n${typed}`));
    }
    focusInput();
  };

  return (
    <section className="panel chat" aria-label="Chat">
      <ConversationPicker view={view} store={store} onNewConversation={focusInput} />
      <ChatMessages
        view={view}
        store={store}
        onExampleClick={(example) => {
          setText(example);
          focusInput();
        }}
      />
      {failed && (
        <ProblemNotice text={turn?.problem ?? problem ?? ""}>
          <button type="button" onClick={() => store.retry()}>
            Try again
          </button>
          {turnFailed && (
            <button
              type="button"
              onClick={() => {
                store.dismiss();
                focusInput();
              }}
            >
              Dismiss
            </button>
          )}
        </ProblemNotice>
      )}
      <ChatComposer
        inputRef={input}
        text={text}
        onTextChange={setText}
        ready={ready}
        onSend={() => void handleSend()}
      />
    </section>
  );
}
