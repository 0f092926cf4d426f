import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";

/** A task, as the API gives it. */
export interface Task {
  id: string;
  title: string;
  completed: boolean;
}

/** The application, as a browser reaches it: signed in with an account of its own from the first task on. */
export class App {
  #signedIn: Promise<string> | undefined;

  constructor(readonly url: string) {}

  /** The page's HTML. */
  async page(): Promise<string> {
    const response = await this.#fetch("/");
    return response.text();
  }

  async addTask(title: string): Promise<Task> {
    const response = await this.#fetch("/api/tasks", {
      method: "POST",
      headers: { "content-type": "application/json", cookie: await this.session() },
      body: JSON.stringify({ title }),
    });
    return (await response.json()) as Task;
  }

  /** The tasks with these words, the newest first: a load may have made more than a page shows. */
  async tasks(search: string): Promise<Task[]> {
    const headers = { cookie: await this.session() };
    const query = new URLSearchParams({ search }).toString();
    const response = await this.#fetch(`/api/tasks?${query}`, { headers });
    return ((await response.json()) as { tasks: Task[] }).tasks;
  }

  /** The session's cookie. A database that doesn't know it (any more) gets a new account. */
  async session(): Promise<string> {
    const known = await this.#signedIn;
    if (known !== undefined && (await this.#isKnown(known))) return known;
    this.#signedIn = this.#signUp();
    return this.#signedIn;
  }

  async #isKnown(cookie: string): Promise<boolean> {
    const response = await fetch(new URL("/api/me", this.url), { headers: { cookie } });
    return response.ok;
  }

  async #signUp(): Promise<string> {
    const response = await this.#fetch("/api/auth/sign-up/email", {
      method: "POST",
      headers: { "content-type": "application/json", origin: this.url },
      body: JSON.stringify({
        name: "End to end",
        email: `e2e-${randomUUID()}@example.com`,
        password: randomUUID(),
      }),
    });
    const cookies = response.headers.getSetCookie().map((line) => line.split(";", 1)[0]);
    if (cookies.length === 0) throw new Error("signing up gave no cookie");
    return cookies.join("; ");
  }

  /**
   * Asks up to three times, with a second between: right after a rollout the node's proxy may still send a
   * new connection to a pod that has gone. Tests of rollouts use the load, which never asks twice. Nor is a
   * connection kept, whose other end may be gone by the next request.
   */
  async #fetch(path: string, init?: RequestInit): Promise<Response> {
    const ask = async () => {
      const headers = new Headers(init?.headers);
      headers.set("connection", "close");
      const response = await fetch(new URL(path, this.url), {
        ...init,
        headers,
        signal: AbortSignal.timeout(15_000),
      });
      if (!response.ok)
        throw new Error(`${path}: status ${response.status}: ${await response.text()}`);
      return response;
    };
    for (let tries = 1; ; tries += 1) {
      try {
        return await ask();
      } catch (error) {
        if (tries === 3) throw error;
        await pause(1000);
      }
    }
  }
}
