"use client";

import { type ComponentProps, type ReactElement, type ReactNode, useId } from "react";

/** The props of a Field. */
export interface FieldProps {
  readonly label: string;
  /** Renders the control, which must have this id. */
  readonly children: (id: string) => ReactNode;
}

/** A label with a form control below it. */
export function Field({ label, children }: FieldProps): ReactElement {
  const id = useId();
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children(id)}
    </div>
  );
}

/** The props of a TextField: those of an input, except for the following. */
export interface TextFieldProps extends Omit<ComponentProps<"input">, "id" | "onChange"> {
  readonly label: string;
  /** Help text below the input. */
  readonly hint?: string;
  readonly value: string;
  readonly onValueChange: (value: string) => void;
}

/** A labeled input of one line. */
export function TextField({ label, hint, onValueChange, ...input }: TextFieldProps): ReactElement {
  return (
    <Field label={label}>
      {(id) => (
        <>
          <input
            {...input}
            id={id}
            aria-describedby={hint === undefined ? undefined : `${id}-hint`}
            onChange={(event) => onValueChange(event.target.value)}
          />
          {hint !== undefined && (
            <p className="hint" id={`${id}-hint`}>
              {hint}
            </p>
          )}
        </>
      )}
    </Field>
  );
}

/** The props of a SelectField. */
export interface SelectFieldProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  /** The label of each value, in the order of the list. */
  readonly options: Readonly<Record<Value, string>>;
  readonly onValueChange: (value: Value) => void;
}

/** A labeled drop-down list. */
export function SelectField<Value extends string>({
  label,
  value,
  options,
  onValueChange,
}: SelectFieldProps<Value>): ReactElement {
  return (
    <Field label={label}>
      {(id) => (
        <select
          id={id}
          value={value}
          onChange={(event) => onValueChange(event.target.value as Value)}
        >
          {Object.entries<string>(options).map(([option, text]) => (
            <option key={option} value={option}>
              {text}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

/** The props of a CheckboxField. */
export interface CheckboxFieldProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onCheckedChange: (checked: boolean) => void;
}

/** A checkbox with its label next to it. */
export function CheckboxField({
  label,
  checked,
  onCheckedChange,
}: CheckboxFieldProps): ReactElement {
  return (
    <label className="check">
      <input type="checkbox" checked={checked} onChange={() => onCheckedChange(!checked)} />
      {label}
    </label>
  );
}
