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
  const [notice, setNotice] = useState("");
  const password = { type: "password", required: true, maxLength: PASSWORD_MAX } as const;

  return (
    <Dialog title="Account" close={close}>
      <p className="hint">{user.email}</p>
      <p role="status" className={notice === "" ? undefined : "notice"}>
        {notice}
      </p>
      <section aria-labelledby="account-name">
        <h3 id="account-name">Name</h3>
        <SubmitForm
          label="Change name"
          className=""
          action={async () => {
            await rename(name.trim());
            change({ ...user, name: name.trim() });
            setNotice("The name is changed.");
          }}
        >
          <Field label="Name" autoComplete="name" required value={name} change={setName} />
        </SubmitForm>
      </section>
      <section aria-labelledby="account-password">
        <h3 id="account-password">Password</h3>
        <SubmitForm
          label="Change password"
          className=""
          action={async () => {
            await changePassword(current, next);
            setCurrent("");
            setNext("");
            setNotice("The password is changed, and all other devices are signed out.");
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
      <section aria-labelledby="account-devices">
        <h3 id="account-devices">Devices</h3>
        <SubmitForm
          label="Sign out everywhere"
          className=""
          action={async () => {
            await signOutEverywhere();
            leave("You are signed out on all devices.");
          }}
        >
          <p className="hint">Ends all sessions of this account, also this one.</p>
        </SubmitForm>
      </section>
      <section aria-labelledby="account-end">
        <h3 id="account-end">Delete the account</h3>
        <SubmitForm
          label="Delete account"
          className="danger"
          action={async () => {
            await deleteAccount(last);
            leave("Your account is deleted, with all tasks and conversations.");
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
