"use client";

import { type ReactElement, useState } from "react";
import { Dialog } from "../../ui/dialog.tsx";
import { TextField } from "../../ui/fields.tsx";
import { SubmitForm, type SubmitFormProps } from "../../ui/submit-form.tsx";
import { changeName, changePassword, deleteAccount, signOutEverywhere } from "./account-api.ts";
import { PasswordField } from "./password-field.tsx";
import type { User } from "./session.ts";

/** The props of the AccountDialog. */
export interface AccountDialogProps {
  readonly user: User;
  readonly onUserChange: (user: User) => void;
  /** Called when the session has ended, with a message for the user. */
  readonly onSignedOut: (notice: string) => void;
  readonly onClose: () => void;
}

/** A dialog to change name and password, to end all sessions, and to delete the account. */
export function AccountDialog({
  user,
  onUserChange,
  onSignedOut,
  onClose,
}: AccountDialogProps): ReactElement {
  const [name, setName] = useState(user.name);
  const [currentPassword, setCurrentPassword] = useState("");
  const [newPassword, setNewPassword] = useState("");
  const [confirmation, setConfirmation] = useState("");

  return (
    <Dialog title="Account" onClose={onClose}>
      <p className="hint">{user.email}</p>
      <AccountSection
        title="Name"
        label="Change name"
        onSubmit={async () => {
          await changeName(name.trim());
          onUserChange({ ...user, name: name.trim() });
          return "The name is changed.";
        }}
      >
        <TextField label="Name" autoComplete="name" required value={name} onValueChange={setName} />
      </AccountSection>
      <AccountSection
        title="Password"
        label="Change password"
        onSubmit={async () => {
          await changePassword(currentPassword, newPassword);
          setCurrentPassword("");
          setNewPassword("");
          return "The password is changed, and all other devices are signed out.";
        }}
      >
        <PasswordField
          label="Current password"
          value={currentPassword}
          onValueChange={setCurrentPassword}
        />
        <PasswordField
          label="New password"
          isNew
          value={newPassword}
          onValueChange={setNewPassword}
        />
      </AccountSection>
      <AccountSection
        title="Devices"
        label="Sign out everywhere"
        onSubmit={async () => {
          await signOutEverywhere();
          onSignedOut("You are signed out on all devices.");
          return undefined;
        }}
      >
        <p className="hint">Ends all sessions of this account, also this one.</p>
      </AccountSection>
      <AccountSection
        title="Delete the account"
        label="Delete account"
        variant="danger"
        onSubmit={async () => {
          await deleteAccount(confirmation);
          onSignedOut("Your account is deleted, with all tasks and conversations.");
          return undefined;
        }}
      >
        <p className="hint">
          All tasks and conversations are deleted with it. This can't be undone.
        </p>
        <PasswordField
          label="Password, to confirm"
          value={confirmation}
          onValueChange={setConfirmation}
        />
      </AccountSection>
    </Dialog>
  );
}

interface AccountSectionProps extends SubmitFormProps {
  readonly title: string;
}

function AccountSection({ title, ...form }: AccountSectionProps): ReactElement {
  return (
    <section>
      <h3>{title}</h3>
      <SubmitForm variant="secondary" {...form} />
    </section>
  );
}
