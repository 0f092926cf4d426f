import type { Metadata, Viewport } from "next";
import type { ReactElement, ReactNode } from "react";

// The order matters: rules of a feature override those of the shared components.
import "./globals.css";
import "../ui/ui.css";
import "../features/workspace/workspace.css";
import "../features/tasks/tasks.css";
import "../features/chat/chat.css";

/** Title and description of the page. */
export const metadata: Metadata = {
  title: "Todo",
  description: "A list of things to do, and a chat that keeps it for you",
};

/** Renders each page per request: the nonce of its scripts is used only once. */
export const dynamic = "force-dynamic";

/** Makes the browser's controls and toolbar follow the light or dark color scheme. */
export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
    { media: "(prefers-color-scheme: dark)", color: "#14171c" },
  ],
};

/** The document around every page. */
export default function RootLayout({ children }: Readonly<{ children: ReactNode }>): ReactElement {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
