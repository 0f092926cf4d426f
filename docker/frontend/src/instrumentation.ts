/** Next.js calls this once, when the server starts and before it answers. */
export async function register(): Promise<void> {
  // The same file is also bundled for the edge runtime, which has no processes and no signals.
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { start } = await import("./server/start.ts");
  start();
}
