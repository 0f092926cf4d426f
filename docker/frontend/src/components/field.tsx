"use client";

import { type ComponentProps, useId } from "react";

/** What a line to type into needs, besides what an input takes. */
export interface FieldProps extends Omit<ComponentProps<"input">, "id" | "onChange"> {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly change: (value: string) => void;
}

/** A labelled line to type into. */
export function Field({ label, hint, change, ...input }: FieldProps) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        {...input}
        id={id}
        aria-describedby={hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => change(event.target.value)}
      />
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  );
}

/** What a labelled choice needs. */
export interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  /** Each value with its words, in order. */
  readonly options: Readonly<Record<Value, string>>;
  readonly change: (value: Value) => void;
}

/** A labelled choice of one from a few. */
export function Choice<Value extends string>({
  label,
  value,
  options,
  change,
}: ChoiceProps<Value>) {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select id={id} value={value} onChange={(event) => change(event.target.value as Value)}>
        {Object.entries<string>(options).map(([key, words]) => (
          <option key={key} value={key}>
            {words}
          </option>
        ))}
      </select>
    </div>
  );
}
