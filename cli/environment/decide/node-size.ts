/** What a Minikube node is asked to have. */
export interface NodeSize {
  cpus: number;
  memoryMiB: number;
}

/** Minikube refuses smaller nodes. */
const least: NodeSize = { cpus: 2, memoryMiB: 1800 };

/** What the machine keeps for itself: the docker engine and whatever else runs beside the node. */
const reservedMiB = 512;

/** A size that the machine can give, and what was said about each cut. */
export interface Clamped extends NodeSize {
  notes: string[];
}

/**
 * Cuts a node's size to what the machine has.
 *
 * @returns the size, or the reason where the machine is too small for any node
 */
export function clamp(asked: NodeSize, machine: NodeSize): Clamped | { tooSmall: string } {
  const available = machine.memoryMiB - reservedMiB;
  if (machine.cpus < least.cpus || available < least.memoryMiB) {
    return {
      tooSmall:
        `Minikube needs ${least.cpus} CPUs and ${least.memoryMiB} MB; ` +
        `this machine has ${machine.cpus} and ${machine.memoryMiB} MB, of which ${reservedMiB} stay free`,
    };
  }
  const notes: string[] = [];
  const cpus = Math.min(asked.cpus, machine.cpus);
  if (cpus < asked.cpus) {
    notes.push(`${asked.cpus} CPUs asked, this machine has ${machine.cpus}: ${cpus} taken`);
  }
  const memoryMiB = Math.min(asked.memoryMiB, available);
  if (memoryMiB < asked.memoryMiB) {
    notes.push(
      `${asked.memoryMiB} MB asked, this machine has ${machine.memoryMiB} MB: ${memoryMiB} MB taken`,
    );
  }
  return { cpus, memoryMiB, notes };
}
