"use client";

import { type ReactElement, useState } from "react";
import { CheckboxField, TextField } from "../../ui/fields.tsx";
import { SubmitForm } from "../../ui/submit-form.tsx";
import { signIn, signUp } from "./account-api.ts";
import { PasswordField } from "./password-field.tsx";
import type { User } from "./session.ts";

/** The props of the SignInForm. */
export interface SignInFormProps {
  /** The initial email address; with it, the password gets the focus. */
  readonly initialEmail?: string;
  /** Whether the form can also create an account. */
  readonly canSignUp: boolean;
  readonly onSignedIn: (user: User) => void;
}

/** A form to sign in or to create an account. Switching between the two keeps the input. */
export function SignInForm({
  initialEmail = "",
  canSignUp,
  onSignedIn,
}: SignInFormProps): ReactElement {
  const [isNew, setIsNew] = useState(false);
  const [name, setName] = useState("");
  const [email, setEmail] = useState(initialEmail);
  const [password, setPassword] = useState("");
  const [visible, setVisible] = useState(false);
  const [remember, setRemember] = useState(true);

  const submit = async (): Promise<undefined> => {
    onSignedIn(
      await (isNew
        ? signUp(name.trim(), email.trim(), password)
        : signIn(email.trim(), password, remember)),
    );
  };

  return (
    <>
      <SubmitForm
        key={isNew ? "sign-up" : "sign-in"}
        label={isNew ? "Create account" : "Sign in"}
        onSubmit={submit}
      >
        {isNew && (
          <TextField
            label="Name"
            name="name"
            autoComplete="name"
            required
            value={name}
            onValueChange={setName}
          />
        )}
        <TextField
          label="Email address"
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus={initialEmail === "" && !canSignUp}
          value={email}
          onValueChange={setEmail}
        />
        <PasswordField
          label="Password"
          name="password"
          type={visible ? "text" : "password"}
          isNew={isNew}
          autoFocus={initialEmail !== ""}
          value={password}
          onValueChange={setPassword}
        />
        <CheckboxField label="Show the password" checked={visible} onCheckedChange={setVisible} />
        {!isNew && (
          <CheckboxField
            label="Keep me signed in on this device"
            checked={remember}
            onCheckedChange={setRemember}
          />
        )}
      </SubmitForm>
      {canSignUp && (
        <p className="row">
          {isNew ? "You have an account?" : "New here?"}
          <button type="button" onClick={() => setIsNew(!isNew)}>
            {isNew ? "Sign in instead" : "Create an account"}
          </button>
        </p>
      )}
    </>
  );
}
