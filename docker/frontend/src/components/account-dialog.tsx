"use client";

import { useState } from "react";
import { changePassword, deleteAccount, PASSWORD_MAX, PASSWORD_MIN } from "../lib/accounts-api.ts";
import { rename, signOutEverywhere } from "../lib/accounts-api.ts";
import type { User } from "../lib/session.ts";
import { Dialog } from "./dialog.tsx";
import { Field } from "./field.tsx";
import { SubmitForm } from "./submit.tsx";

/** What the dialog needs. */
export interface AccountDialogProps {
  readonly user: User;
  readonly change: (user: User) => void;
  readonly leave: (words: string) => void;
  readonly close: () => void;
}

/** Name, password, sessions, and the end of the account. */
export function AccountDialog({ user, change, leave, close }: AccountDialogProps) {
  const [name, setName] = useState(user.name);
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [last, setLast] = useState("");
  const password = { type: "password", required: true, maxLength: PASSWORD_MAX } as const;

  return (
    <Dialog title="Account" close={close}>
      <p className="hint">{user.email}</p>
      <section>
        <h3>Name</h3>
        <SubmitForm
          label="Change name"
          className=""
          action={async () => {
            await rename(name.trim());
            change({ ...user, name: name.trim() });
            return "The name is changed.";
          }}
        >
          <Field label="Name" autoComplete="name" required value={name} change={setName} />
        </SubmitForm>
      </section>
      <section>
        <h3>Password</h3>
        <SubmitForm
          label="Change password"
          className=""
          action={async () => {
            await changePassword(current, next);
            setCurrent("");
            setNext("");
            return "The password is changed, and all other devices are signed out.";
          }}
        >
          <Field
            {...password}
            label="Current password"
            autoComplete="current-password"
            value={current}
            change={setCurrent}
          />
          <Field
            {...password}
            label="New password"
            autoComplete="new-password"
            minLength={PASSWORD_MIN}
            hint={`${PASSWORD_MIN} characters or more`}
            value={next}
            change={setNext}
          />
        </SubmitForm>
      </section>
      <section>
        <h3>Devices</h3>
        <SubmitForm
          label="Sign out everywhere"
          className=""
          action={async () => {
            await signOutEverywhere();
            leave("You are signed out on all devices.");
            return undefined;
          }}
        >
          <p className="hint">Ends all sessions of this account, also this one.</p>
        </SubmitForm>
      </section>
      <section>
        <h3>Delete the account</h3>
        <SubmitForm
          label="Delete account"
          className="danger"
          action={async () => {
            await deleteAccount(last);
            leave("Your account is deleted, with all tasks and conversations.");
            return undefined;
          }}
        >
          <p className="hint">
            All tasks and conversations are deleted with it. This can't be undone.
          </p>
          <Field
            {...password}
            label="Password, to confirm"
            autoComplete="current-password"
            value={last}
            change={setLast}
          />
        </SubmitForm>
      </section>
    </Dialog>
  );
}
