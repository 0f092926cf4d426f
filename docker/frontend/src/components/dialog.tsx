"use client";

import { type ReactNode, useId, useLayoutEffect, useRef } from "react";

/** What a dialog needs. */
export interface DialogProps {
  readonly title: string;
  /** Called when it is dismissed with Escape; without it, it can't be. */
  readonly close?: () => void;
  readonly children: ReactNode;
}

/** A dialog over the page. The browser keeps the keyboard inside, and gives the focus back afterwards. */
export function Dialog({ title, close, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Closed while it is still in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        close?.();
      }}
    >
      <header className="bar">
        <h2 id={id}>{title}</h2>
        {close !== undefined && (
          <button type="button" onClick={close}>
            Close
          </button>
        )}
      </header>
      {children}
    </dialog>
  );
}
