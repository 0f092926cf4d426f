"use client";

import { type ReactElement, type ReactNode, useId, useLayoutEffect, useRef } from "react";

/** The props of a Dialog. */
export interface DialogProps {
  readonly title: string;
  /** Called for Escape and the Close button. Without it, the user can't dismiss the dialog. */
  readonly onClose?: () => void;
  readonly children: ReactNode;
}

/** A modal dialog, open while it is rendered. The browser traps and restores the focus. */
export function Dialog({ title, onClose, children }: DialogProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  // A layout effect closes the dialog before it is removed. Only then is the focus restored.
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
        onClose?.();
      }}
    >
      <header className="bar">
        <h2 id={id}>{title}</h2>
        {onClose !== undefined && (
          <button type="button" onClick={onClose}>
            Close
          </button>
        )}
      </header>
      {children}
    </dialog>
  );
}
