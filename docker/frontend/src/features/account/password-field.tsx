"use client";

import type { ReactElement } from "react";
import { TextField, type TextFieldProps } from "../../ui/fields.tsx";
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from "./account-api.ts";

/** The props of a PasswordField. */
export interface PasswordFieldProps extends TextFieldProps {
  /** Whether the user chooses a new password. The minimum length applies only then. */
  readonly isNew?: boolean;
}

/** A required field for a password; `type="text"` makes it readable. */
export function PasswordField({ isNew = false, ...field }: PasswordFieldProps): ReactElement {
  return (
    <TextField
      type="password"
      required
      maxLength={MAX_PASSWORD_LENGTH}
      autoComplete={isNew ? "new-password" : "current-password"}
      {...(isNew && {
        minLength: MIN_PASSWORD_LENGTH,
        hint: `${MIN_PASSWORD_LENGTH} characters or more`,
      })}
      {...field}
    />
  );
}
