/** A user account. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Whether a user is signed in; "unknown" while the API does not answer. */
export type Session =
  | { readonly state: "in"; readonly user: User }
  | { readonly state: "out" }
  | { readonly state: "unknown" };
