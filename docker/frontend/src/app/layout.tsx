import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import "./globals.css";

/** What the browser shows in its tab. */
export const metadata: Metadata = {
  title: "Todo",
  description: "A list of things to do, and a chat that keeps it for you",
};

/** Every page is made for its request: each has a nonce of its own in its scripts. */
export const dynamic = "force-dynamic";

/** Follows the system's light or dark colours, also around the page. */
export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#f6f7f9" },
    { media: "(prefers-color-scheme: dark)", color: "#14171c" },
  ],
};

/** The frame of every page. */
export default function RootLayout({ children }: Readonly<{ children: ReactNode }>) {
  return (
    <html lang="en">
      <body>{children}</body>
    </html>
  );
}
