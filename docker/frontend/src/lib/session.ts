/** Somebody who has an account. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly email: string;
}

/** Whether somebody is signed in: "unknown" while the API can't be asked. */
export type Session =
  | { readonly state: "in"; readonly user: User }
  | { readonly state: "out" }
  | { readonly state: "unknown" };
