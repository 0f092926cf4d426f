"use client";

import { type ReactElement, type ReactNode, useEffect, useRef } from "react";

/** The props of a ProblemNotice. */
export interface ProblemNoticeProps {
  readonly text: string;
  /** Buttons for what the user can do about it. */
  readonly children?: ReactNode;
}

/** An error message that screen readers announce. It scrolls into view when its text changes. */
export function ProblemNotice({ text, children }: ProblemNoticeProps): ReactElement {
  const box = useRef<HTMLDivElement>(null);
  // The control that caused the problem may be far away in a long list.
  useEffect(() => {
    box.current?.scrollIntoView({ block: "nearest" });
  }, [text]);
  return (
    <div className="problem" role="alert" ref={box}>
      <p>{text}</p>
      {children !== undefined && <div className="row">{children}</div>}
    </div>
  );
}
