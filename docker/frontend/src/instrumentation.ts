/** Runs once when the server starts, before it answers requests. Called by Next.js. */
export async function register(): Promise<void> {
  // Next.js also bundles this file for the edge runtime, which has neither processes nor signals.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { startServer } = await import("./server/startup.ts");
  startServer();
}
