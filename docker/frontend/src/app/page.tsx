import { headers } from "next/headers";
import { App } from "../components/app.tsx";
import { readSession } from "../server/session.ts";
import { currentSettings } from "../server/start.ts";

/** The only page: for those who are signed in their tasks, for others the way in. */
export default async function Page() {
  return (
    <>
      <noscript>
        <p className="offline">This page needs JavaScript to show and change the list.</p>
      </noscript>
      <App initial={await readSession(await headers(), currentSettings())} />
    </>
  );
}
