"use client";

import { type ReactNode, useEffect, useRef } from "react";

/** Says what went wrong, in sight and to those who listen; beside it, what can be done. */
export function Problem({
  text,
  children,
}: {
  readonly text: string;
  readonly children?: ReactNode;
}) {
  const box = useRef<HTMLDivElement>(null);
  // What caused it can be far away in a long list.
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
