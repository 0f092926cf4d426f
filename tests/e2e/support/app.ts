import { setTimeout as pause } from "node:timers/promises";

/** A task, as the API gives it. */
export interface Task {
  id: string;
  title: string;
  completed: boolean;
}

/** The application, as a browser reaches it. */
export class App {
  constructor(readonly url: string) {}

  /** The page's HTML. */
  async page(): Promise<string> {
    const response = await this.fetch("/");
    return response.text();
  }

  async addTask(title: string): Promise<Task> {
    const response = await this.fetch("/api/tasks", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ title }),
    });
    return (await response.json()) as Task;
  }

  async tasks(): Promise<Task[]> {
    const response = await this.fetch("/api/tasks");
    return ((await response.json()) as { tasks: Task[] }).tasks;
  }

  /**
   * Asks once, and once more after a second: right after a rollout the node's proxy may still send a
   * new connection to a pod that has gone. Tests of rollouts use {@link Load}, which never asks twice.
   */
  private async fetch(path: string, init?: RequestInit): Promise<Response> {
    const ask = async () => {
      const response = await fetch(new URL(path, this.url), {
        ...init,
        signal: AbortSignal.timeout(15_000),
      });
      if (!response.ok)
        throw new Error(`${path}: status ${response.status}: ${await response.text()}`);
      return response;
    };
    try {
      return await ask();
    } catch {
      await pause(1000);
      return ask();
    }
  }
}
