"use client";

import { useState } from "react";
import { PASSWORD_MAX, PASSWORD_MIN, signIn, signUp } from "../lib/accounts-api.ts";
import type { User } from "../lib/session.ts";
import { Field } from "./field.tsx";
import { SubmitForm } from "./submit.tsx";

/** What the form needs. */
export interface SignInFormProps {
  /** The address to begin with. */
  readonly email?: string;
  /** Whether an account can be made here as well. */
  readonly canSignUp: boolean;
  readonly enter: (user: User) => void;
}

/** Signs in, or makes an account; what was typed is kept when one changes one's mind between the two. */
export function SignInForm({ email: known = "", canSignUp, enter }: SignInFormProps) {
  const [isNew, setIsNew] = useState(false);
  const [name, setName] = useState("");
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState("");
  const [visible, setVisible] = useState(false);
  const [remember, setRemember] = useState(true);

  const submit = async (): Promise<undefined> => {
    enter(
      await (isNew
        ? signUp(name.trim(), email.trim(), password)
        : signIn(email.trim(), password, remember)),
    );
  };

  return (
    <>
      <SubmitForm
        key={isNew ? "new" : "known"}
        label={isNew ? "Create account" : "Sign in"}
        action={submit}
      >
        {isNew && (
          <Field
            label="Name"
            name="name"
            autoComplete="name"
            required
            value={name}
            change={setName}
          />
        )}
        <Field
          label="Email address"
          name="email"
          type="email"
          autoComplete="username"
          required
          autoFocus={known === "" && !canSignUp}
          value={email}
          change={setEmail}
        />
        <Field
          label="Password"
          name="password"
          type={visible ? "text" : "password"}
          autoComplete={isNew ? "new-password" : "current-password"}
          required
          autoFocus={known !== ""}
          {...(isNew && { minLength: PASSWORD_MIN, hint: `${PASSWORD_MIN} characters or more` })}
          maxLength={PASSWORD_MAX}
          value={password}
          change={setPassword}
        />
        <label className="check">
          <input type="checkbox" checked={visible} onChange={() => setVisible(!visible)} />
          Show the password
        </label>
        {!isNew && (
          <label className="check">
            <input type="checkbox" checked={remember} onChange={() => setRemember(!remember)} />
            Keep me signed in on this device
          </label>
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
