import { setTimeout as pause } from "node:timers/promises";
import type { ConsoleProgress } from "../../lib/progress/console-progress";
import { type Environment, kubectlOf } from "../environment/environment";
import { EngineLog } from "./engine-log";
import type { Operation } from "./engine-operations";
import { graceOf } from "./grace";
import { isHealthy, type Obstacle, obstaclesIn, podsMove } from "./obstacles";
import { readSnapshot, type Snapshot } from "./snapshot";
import { stuckPods } from "./stuck-pods";

/** Time between two looks at the cluster. */
const INTERVAL_MS = 2500;

/** Whether a program can be asked to end in order: on Windows a signal would kill it. */
const CAN_END = process.platform !== "win32";

/** Obstacles of pods that come and go while the cause stays: a container that crashes runs in between. */
const recurring = /CrashLoopBackOff|OOMKilled|Error$|ContainerCannotRun/;

/** What the watch needs of the outside, which tests replace. */
export interface WatchOptions {
  /** Reads the stack's namespace. @default by kubectl */
  look?: () => Promise<Snapshot>;
  /** @default 2.5 s */
  intervalMs?: number;
  /** Makes a controller try again. @default by kubectl */
  retry?: (controller: Obstacle["controller"]) => Promise<void>;
  /** Deletes a pod, so that its controller makes a new one. @default by kubectl */
  replace?: (pod: string) => Promise<void>;
  /** Whether lines may be printed while Pulumi runs: on a terminal it redraws its own. @default no terminal */
  prints?: boolean;
  /** @default the current time */
  now?: () => Date;
}

/**
 * Watches the stack's namespace while the engine works on it. Helm and Pulumi wait for minutes for pods that
 * the API server has refused at once: the watch says what it sees, and ends the update where waiting doesn't
 * help. Obstacles count only for workloads that an operation under way is about.
 */
export class UpdateWatch {
  readonly #environment: Pick<Environment, "settings" | "target" | "tools" | "env">;
  readonly #progress: Pick<ConsoleProgress, "say">;
  readonly #options: WatchOptions;
  readonly #stopped = new AbortController();
  /** What the namespace contained before the update. */
  #before: Snapshot | undefined;
  /** What is in the way, by controller. */
  readonly #obstacles = new Map<string, Obstacle[]>();
  /** When an obstacle was first seen, by controller and reason; only those that are still there. */
  readonly #since = new Map<string, number>();
  readonly #printed = new Set<string>();
  /** The controllers that were asked to try again. */
  readonly #retried = new Set<string>();
  /** The pods that were deleted because they kept a StatefulSet from its new revision. */
  readonly #replaced = new Set<string>();
  #running: Promise<void> = Promise.resolve();

  constructor(
    environment: Pick<Environment, "settings" | "target" | "tools" | "env">,
    progress: Pick<ConsoleProgress, "say">,
    options: WatchOptions = {},
  ) {
    this.#environment = environment;
    this.#progress = progress;
    this.#options = options;
  }

  /** What was in the way at the end of the update, and isn't solved. */
  get obstacles(): Obstacle[] {
    return [...this.#obstacles.values()].flat();
  }

  /**
   * Begins to watch.
   *
   * @param eventLog the file of the engine's event log.
   * @param endUpdate called once, where waiting doesn't help.
   */
  start(eventLog: string, endUpdate: () => void): void {
    this.#running = this.#watch(eventLog, endUpdate);
  }

  /** Ends the watch. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#running;
  }

  async #watch(eventLog: string, endUpdate: () => void): Promise<void> {
    const { intervalMs = INTERVAL_MS } = this.#options;
    this.#before = await this.#look();
    const log = new EngineLog(eventLog);
    let ended = false;
    while (await this.#pause(intervalMs)) {
      const operations = (await log.running()).filter(({ type }) => awaits(type));
      const snapshot = operations.length === 0 ? undefined : await this.#look();
      if (snapshot === undefined || this.#stopped.signal.aborted) continue;
      const lasting = this.#follow(snapshot, operations);
      await this.#retryOld();
      await this.#replaceStuck(snapshot, operations);
      if (lasting === undefined || ended || !CAN_END) continue;
      ended = true;
      this.#progress.say(`✗ ${lasting.text}`);
      this.#progress.say("· Waiting doesn't change this, so the update is ended now, in order.");
      endUpdate();
    }
  }

  /** Takes in what the cluster shows, and returns an obstacle that has lasted too long. */
  #follow(snapshot: Snapshot, operations: readonly Operation[]): Obstacle | undefined {
    const now = (this.#options.now ?? (() => new Date()))();
    const { releaseName } = this.#environment.settings.chart;
    const current = obstaclesIn(snapshot, releaseName, now, this.#before).filter((obstacle) =>
      operations.some((operation) => isAbout(operation, obstacle)),
    );
    this.#remember(snapshot, current);
    this.#print(current);
    return this.#lasting(snapshot, current, now.getTime());
  }

  /** Keeps what isn't solved: Helm deletes pods and Jobs that fail, and with them what they would tell. */
  #remember({ controllers }: Snapshot, current: readonly Obstacle[]): void {
    for (const controller of controllers) {
      const { uid } = controller.metadata;
      const kept = (this.#obstacles.get(uid) ?? []).filter(
        ({ source, reason }) => source === "pod" && recurring.test(reason),
      );
      if (isHealthy(controller) || kept.length === 0) this.#obstacles.delete(uid);
      else this.#obstacles.set(uid, kept);
    }
    for (const [uid, obstacles] of groupByController(current)) this.#obstacles.set(uid, obstacles);
  }

  #print(current: readonly Obstacle[]): void {
    if (!(this.#options.prints ?? !process.stdout.isTTY)) return;
    for (const obstacle of current) {
      const key = keyOf(obstacle);
      if (this.#printed.has(key)) continue;
      this.#printed.add(key);
      this.#progress.say(`! ${obstacle.text}`);
    }
  }

  #lasting(snapshot: Snapshot, current: readonly Obstacle[], now: number): Obstacle | undefined {
    const keys = new Set(current.map(keyOf));
    for (const key of this.#since.keys()) if (!keys.has(key)) this.#since.delete(key);
    const { releaseName } = this.#environment.settings.chart;
    const moves = podsMove(snapshot, releaseName, new Date(now));
    return current.find((obstacle) => {
      const grace = obstacle.isNew ? graceOf(obstacle) : undefined;
      if (grace === undefined) return false;
      const key = keyOf(obstacle);
      const since = grace.untilPodsSettle && moves ? now : (this.#since.get(key) ?? now);
      this.#since.set(key, since);
      return now - since >= grace.seconds * 1000;
    });
  }

  /**
   * Makes controllers try again at once that were refused before this update. After several refusals they
   * wait for minutes, longer than the update does, although what they were refused for may be solved.
   */
  async #retryOld(): Promise<void> {
    const { retry = (controller) => this.#touch(controller) } = this.#options;
    for (const { source, isNew, controller } of this.obstacles) {
      if (source !== "refused" || isNew || this.#retried.has(controller.uid)) continue;
      this.#retried.add(controller.uid);
      await retry(controller);
    }
  }

  /** Deletes pods that fail and keep a StatefulSet from its new revision, which may be the one that works. */
  async #replaceStuck(snapshot: Snapshot, operations: readonly Operation[]): Promise<void> {
    if (!operations.some(({ type }) => type.endsWith(":StatefulSet"))) return;
    const { replace = (pod) => this.#delete(pod) } = this.#options;
    for (const { metadata } of stuckPods(snapshot, this.#environment.settings.chart.releaseName)) {
      if (this.#replaced.has(metadata.uid)) continue;
      this.#replaced.add(metadata.uid);
      this.#progress.say(
        `· The pod ${metadata.name} isn't ready, and keeps its StatefulSet from the new version: replacing it.`,
      );
      await replace(metadata.name);
    }
  }

  async #delete(pod: string): Promise<void> {
    await this.#kubectl("delete", "pod", pod, "--wait=false");
  }

  /** Changes an object and takes the change back: its controller looks at it at once. */
  async #touch({ kind, name }: Obstacle["controller"]): Promise<void> {
    for (const change of ["todo-app/retry=now", "todo-app/retry-"]) {
      await this.#kubectl("annotate", `${kind.toLowerCase()}/${name}`, change);
    }
  }

  /** Runs kubectl in the stack's namespace. A watch must not fail an update, so that an error has no effect. */
  async #kubectl(...args: string[]): Promise<void> {
    const { namespace } = this.#environment.settings;
    try {
      await kubectlOf(this.#environment).run(["-n", namespace, ...args], { timeoutMs: 10_000 });
    } catch {
      // The update goes on without it.
    }
  }

  async #look(): Promise<Snapshot | undefined> {
    const { settings } = this.#environment;
    try {
      if (this.#options.look !== undefined) return await this.#options.look();
      return await readSnapshot(kubectlOf(this.#environment), settings.namespace);
    } catch {
      // Without kubectl, or while this program is being ended: the update itself tells.
      return undefined;
    }
  }

  /** Waits; false where the watch has been stopped. */
  async #pause(milliseconds: number): Promise<boolean> {
    await pause(milliseconds, undefined, { signal: this.#stopped.signal }).catch(() => undefined);
    return !this.#stopped.signal.aborted;
  }
}

/** Whether an operation waits for pods. */
function awaits(type: string): boolean {
  return /^kubernetes:(?:apps\/v1:(?:Deployment|StatefulSet)|helm\.sh\/v3:Release)$/.test(type);
}

/** Whether an operation waits for the workload of an obstacle. */
function isAbout({ type, name }: Operation, { workload, ofRelease }: Obstacle): boolean {
  const kind = type.split(":").at(-1);
  if (kind === "Release") return ofRelease;
  return kind === workload.kind && (name === undefined || name === workload.name);
}

/** The identity of an obstacle: its text changes with the names of the pods that are tried. */
function keyOf({ controller, source, reason }: Obstacle): string {
  return `${controller.uid} ${source} ${reason}`;
}

function groupByController(obstacles: readonly Obstacle[]): Map<string, Obstacle[]> {
  const groups = new Map<string, Obstacle[]>();
  for (const obstacle of obstacles) {
    const { uid } = obstacle.controller;
    groups.set(uid, [...(groups.get(uid) ?? []), obstacle]);
  }
  return groups;
}
