import { ApiError, messageOf } from "./api.ts";
import { type ChatEvent, type Message, sendMessage, type ToolUse } from "./chat-api.ts";

/** A message on its way to an answer. */
export interface Turn {
  readonly chatId: string;
  readonly id: string;
  readonly content: string;
  /** What has come of the answer so far. */
  readonly answer: string;
  readonly tools: readonly ToolUse[];
  /** The message as the API keeps it; undefined until it has said so. */
  readonly accepted?: Message;
  /** What went wrong; undefined while the answer is still awaited. */
  readonly problem?: string;
}

/** The pauses before a message is sent again by itself, in milliseconds. */
const PAUSES_MS = [500, 2000, 5000];

/** What a turn begins with. */
export type Start = Pick<Turn, "chatId" | "id" | "content" | "accepted">;

/** What a turn tells while it goes on. */
export interface TurnListener {
  readonly show: (turn: Turn) => void;
  /** A tool has changed the list of tasks. */
  readonly tasksChanged: () => void;
}

/** What a finished turn has left. */
export interface Exchange {
  readonly question: Message;
  readonly answer: Message;
}

/**
 * Sends a message and follows its answer to the end. After a lost connection the message is sent again
 * with the same id, which does nothing twice. Returns undefined when that did not help either: then the
 * turn that was shown last has a problem.
 */
export async function runTurn(
  start: Start,
  { show, tasksChanged }: TurnListener,
  signal: AbortSignal,
): Promise<Exchange | undefined> {
  const { chatId, id, content } = start;
  let { accepted } = start;
  const left = () => signal.aborted;
  for (let attempt = 0; ; attempt += 1) {
    let turn: Turn = { chatId, id, content, answer: "", tools: [], accepted };
    let answer: Message | undefined;
    let failure = undefined as ApiError | undefined;
    const follow = (event: ChatEvent): void => {
      if (event.type === "accepted") {
        accepted = event.message;
        turn = { ...turn, accepted };
      } else if (event.type === "delta") turn = { ...turn, answer: turn.answer + event.text };
      else if (event.type === "reset") turn = { ...turn, answer: "" };
      else if (event.type === "tool") {
        turn = { ...turn, tools: [...turn.tools, event] };
        if (event.changed) tasksChanged();
      } else if (event.type === "done") {
        answer = event.message;
        if (event.tasksChanged) tasksChanged();
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a newer backend may tell of more
      } else if (event.type === "error") {
        failure = new ApiError(event.detail, event.retryable ? 503 : 500);
      }
      if (!signal.aborted) show(turn);
    };
    show(turn);
    try {
      await sendMessage(chatId, { id, content }, follow, signal);
    } catch (error) {
      failure = error instanceof ApiError ? error : new ApiError(messageOf(error), 500);
    }
    if (left()) return undefined;
    if (answer !== undefined) {
      const createdAt = answer.createdAt;
      const sent = {
        id,
        role: "user",
        content,
        createdAt,
        replyTo: null,
        source: null,
        tools: [],
      } as const;
      return { question: accepted ?? sent, answer };
    }
    const pause = PAUSES_MS[attempt];
    const wait = Math.max(pause ?? 0, (failure?.retryAfter ?? 0) * 1000);
    if (failure?.passing !== true || pause === undefined || wait > 10_000) {
      show({ ...turn, problem: failure?.message ?? "The answer did not come." });
      return undefined;
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
    if (left()) return undefined;
  }
}
