import { ApiError } from "../../lib/api-client.ts";
import { errorMessage } from "../../lib/error-message.ts";
import { type ChatEvent, type Message, sendMessage, type ToolUse } from "./chat-api.ts";

/** A user's message and its answer, from sending the message until the answer is stored. */
export interface Turn {
  readonly conversationId: string;
  /** Id of the user's message. */
  readonly id: string;
  /** Text of the user's message. */
  readonly content: string;
  /** Text of the answer so far. */
  readonly answer: string;
  readonly tools: readonly ToolUse[];
  /** The user's message as stored; undefined until the API has confirmed it. */
  readonly accepted?: Message;
  /** Why the turn has failed; undefined while it runs. */
  readonly problem?: string;
}

/** What is known of a turn before the message is sent. */
export type TurnStart = Pick<Turn, "conversationId" | "id" | "content" | "accepted">;

/** Receives the progress of a turn. */
export interface TurnListener {
  readonly onUpdate: (turn: Turn) => void;
  /** Called when a tool has changed tasks. */
  readonly onTasksChanged: () => void;
}

/** The two stored messages of a completed turn. */
export interface Exchange {
  readonly question: Message;
  readonly answer: Message;
}

/** Pause before each automatic retry, in milliseconds. */
const retryPausesMs = [500, 2000, 5000];

/** Maximum pause that the API may demand before a retry, in milliseconds. */
const MAX_RETRY_PAUSE_MS = 10_000;

/**
 * Sends a message and follows its answer. After a temporary failure the message is sent again with the
 * same id, which the API handles only once. Returns undefined when the turn failed, so that its last
 * update has a `problem`, or when `signal` was aborted.
 */
export async function runTurn(
  start: TurnStart,
  listener: TurnListener,
  signal: AbortSignal,
): Promise<Exchange | undefined> {
  const { conversationId, id, content } = start;
  let { accepted } = start;
  const isAborted = (): boolean => signal.aborted;
  for (let attempt = 0; ; attempt += 1) {
    let turn: Turn = { conversationId, id, content, answer: "", tools: [], accepted };
    let answer: Message | undefined;
    let failure = undefined as ApiError | undefined;
    const handleEvent = (event: ChatEvent): void => {
      if (event.type === "accepted") {
        accepted = event.message;
        turn = { ...turn, accepted };
      } else if (event.type === "delta") turn = { ...turn, answer: turn.answer + event.text };
      else if (event.type === "reset") turn = { ...turn, answer: "" };
      else if (event.type === "tool") {
        turn = { ...turn, tools: [...turn.tools, event] };
        if (event.changed) listener.onTasksChanged();
      } else if (event.type === "done") {
        answer = event.message;
        if (event.tasksChanged) listener.onTasksChanged();
        // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- a newer backend may send other events
      } else if (event.type === "error") {
        failure = new ApiError(event.detail, event.retryable ? 503 : 500);
      }
      if (!isAborted()) listener.onUpdate(turn);
    };
    listener.onUpdate(turn);
    try {
      await sendMessage(conversationId, { id, content }, handleEvent, signal);
    } catch (error) {
      failure = error instanceof ApiError ? error : new ApiError(errorMessage(error), 500);
    }
    if (isAborted()) return undefined;
    if (answer !== undefined) return { question: accepted ?? toMessage(start, answer), answer };
    const pause = retryPausesMs[attempt];
    const retryPauseMs = Math.max(pause ?? 0, (failure?.retryAfter ?? 0) * 1000);
    if (failure?.isTransient !== true || pause === undefined || retryPauseMs > MAX_RETRY_PAUSE_MS) {
      listener.onUpdate({ ...turn, problem: failure?.message ?? "The answer did not come." });
      return undefined;
    }
    await new Promise((resolve) => setTimeout(resolve, retryPauseMs));
    if (isAborted()) return undefined;
  }
}

/** The user's message as it is stored, in case the API has not sent it. */
function toMessage({ id, content }: TurnStart, { createdAt }: Message): Message {
  return { id, role: "user", content, createdAt, replyTo: null, source: null, tools: [] };
}
