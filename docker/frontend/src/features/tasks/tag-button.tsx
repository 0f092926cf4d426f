"use client";

import type { ReactElement, ReactNode } from "react";

/** The props of a TagButton. */
export interface TagButtonProps {
  /** What the button does, for screen readers. */
  readonly label: string;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button with the look of a tag. */
export function TagButton({ label, onClick, children }: TagButtonProps): ReactElement {
  return (
    <button type="button" className="tag" aria-label={label} onClick={onClick}>
      {children}
    </button>
  );
}
