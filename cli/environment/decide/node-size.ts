import type { Size } from "../detect/machine-size";

/** The smallest node that Minikube accepts. */
const minimum: Size = { cpus: 2, memoryMiB: 1800 };

/** Memory that stays free for the docker engine and other programs, in MiB. */
const RESERVED_MIB = 512;

/** A node's size that the machine can give, with a note on each reduction. */
export interface FittedSize extends Size {
  notes: string[];
}

/**
 * Reduces a node's size to what the machine has.
 *
 * @returns the size, or the reason why the machine is too small for any node.
 */
export function fitNodeSize(asked: Size, machine: Size): FittedSize | { tooSmall: string } {
  const available = machine.memoryMiB - RESERVED_MIB;
  if (machine.cpus < minimum.cpus || available < minimum.memoryMiB) {
    return {
      tooSmall:
        `Minikube needs ${minimum.cpus} CPUs and ${minimum.memoryMiB} MB; ` +
        `this machine has ${machine.cpus} and ${machine.memoryMiB} MB, of which ${RESERVED_MIB} stay free`,
    };
  }
  const notes: string[] = [];
  const cpus = Math.min(asked.cpus, machine.cpus);
  if (cpus < asked.cpus) {
    notes.push(`${asked.cpus} CPUs requested, this machine has ${machine.cpus}: using ${cpus}`);
  }
  const memoryMiB = Math.min(asked.memoryMiB, available);
  if (memoryMiB < asked.memoryMiB) {
    notes.push(
      `${asked.memoryMiB} MB requested, this machine has ${machine.memoryMiB} MB: using ${memoryMiB} MB`,
    );
  }
  return { cpus, memoryMiB, notes };
}
