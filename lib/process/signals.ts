import type { ChildProcess } from "node:child_process";
import { onTerminal } from "../../cli/bootstrap/child.mjs";
import { Interrupted } from "./interrupted";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** Children that are running now. */
const running = new Set<ChildProcess>();

/** True once someone asked this program to end. */
let interrupted: NodeJS.Signals | undefined;

/**
 * To be called when a child has ended.
 *
 * @throws Interrupted where the child ended because this program is to end: nothing goes on after it.
 */
export function goOn(): void {
  if (interrupted !== undefined) throw new Interrupted(interrupted);
}

/**
 * From now on a signal is passed on to the children, and this program ends when they have: at once
 * where none is running.
 */
export function handleSignals(onIdle: (signal: NodeJS.Signals) => void): void {
  for (const signal of signals) {
    process.on(signal, () => {
      const again = interrupted !== undefined;
      interrupted = signal;
      if (running.size === 0) {
        onIdle(signal);
        return;
      }
      // Ctrl-C on a terminal reaches the children as well, and for Pulumi a second one means: at once.
      if (again || (signal === "SIGINT" && onTerminal())) return;
      for (const child of running) child.kill(signal);
    });
  }
}

/** Counts a child among those that signals go to; returns what ends that. */
export function forwardSignals(child: ChildProcess): () => void {
  running.add(child);
  return () => running.delete(child);
}
