"use client";

import type { ReactNode } from "react";

/** Says what went wrong, at once also to those who listen; beside it, what can be done. */
export function Problem({
  text,
  children,
}: {
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className="problem" role="alert">
      <p>{text}</p>
      {children !== undefined && <div className="row">{children}</div>}
    </div>
  );
}
