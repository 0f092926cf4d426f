import { Interrupted } from "./interrupted";

const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** A process that signals are passed on to. */
interface Child {
  kill(signal: NodeJS.Signals): unknown;
}

const running = new Set<Child>();

/** The signal that asked this program to end, once there was one. */
let received: NodeJS.Signals | undefined;

/**
 * Call it when a child process has ended.
 *
 * @throws Interrupted where this program was asked to end: nothing may go on after the child.
 */
export function throwIfInterrupted(): void {
  if (received !== undefined) throw new Interrupted(received);
}

/**
 * Passes signals on to the running child processes from now on, so that this program ends when they
 * have ended.
 *
 * @param onIdle called on a signal while no child process is running.
 */
export function handleSignals(onIdle: (signal: NodeJS.Signals) => void): void {
  for (const signal of signals) {
    process.on(signal, () => {
      const repeated = received !== undefined;
      received = signal;
      if (running.size === 0) {
        onIdle(signal);
        return;
      }
      // Ctrl-C on a terminal reaches the children as well, and a second one makes Pulumi abort at once.
      if (repeated || (signal === "SIGINT" && hasTerminal())) return;
      for (const child of running) child.kill(signal);
    });
  }
}

/** Adds a child process to those that signals are passed on to. Returns a function that removes it. */
export function forwardSignals(child: Child): () => void {
  running.add(child);
  return () => {
    running.delete(child);
  };
}

/** Whether a terminal is attached that sends its signals to the whole process group. */
export function hasTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
}
