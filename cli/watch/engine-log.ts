import { type FileHandle, open } from "node:fs/promises";
import { StringDecoder } from "node:string_decoder";
import { EngineOperations, type Operation } from "./engine-operations";

/** How much of the engine's log tells one from another: its first event has a time stamp. */
const HEAD_BYTES = 256;

/** The engine's event log while it grows. The update begins it anew after its preview. */
export class EngineLog {
  readonly #path: string;
  #operations = new EngineOperations();
  #decoder = new StringDecoder("utf8");
  /** The beginning of the file, by which a new one is known. */
  #head = "";
  #offset = 0;

  constructor(path: string) {
    this.#path = path;
  }

  /** Reads what the engine has written since the last time, and returns the operations that are under way. */
  async running(): Promise<Operation[]> {
    const file = await open(this.#path).catch(() => undefined);
    if (file === undefined) return [];
    try {
      const { size } = await file.stat();
      const head = (await readBytes(file, 0, HEAD_BYTES)).toString("latin1");
      if (size < this.#offset || !head.startsWith(this.#head)) this.#begin();
      this.#head = head;
      const added = await readBytes(file, this.#offset, size - this.#offset);
      this.#offset += added.length;
      this.#operations.read(this.#decoder.write(added));
      return this.#operations.running;
    } finally {
      await file.close();
    }
  }

  #begin(): void {
    this.#offset = 0;
    this.#operations = new EngineOperations();
    this.#decoder = new StringDecoder("utf8");
  }
}

async function readBytes(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
