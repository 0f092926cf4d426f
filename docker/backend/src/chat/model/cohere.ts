import type { Cohere, CohereClientV2 } from "cohere-ai";
import type { ModelConfig } from "../../config.ts";
import { TOOLS } from "../tools/definitions.ts";
import { ModelError } from "./error.ts";

/** A tool that the model wants to be run; `arguments` is JSON as the model wrote it, or tried to. */
export interface WantedCall {
  readonly id: string;
  readonly name: string;
  readonly arguments: string;
}

/** What the model said to one question. */
export interface ModelReply {
  readonly text: string;
  readonly plan: string;
  readonly calls: readonly WantedCall[];
}

/** Asks once. Text is handed on as it comes. Throws a ModelError, and nothing else. */
export type AskModel = (
  messages: readonly Cohere.ChatMessageV2[],
  signal: AbortSignal,
  onText: (text: string) => void,
) => Promise<ModelReply>;

const tools: Cohere.ToolV2[] = Object.entries(TOOLS).map(([name, { description, parameters }]) => ({
  type: "function",
  function: { name, description, parameters: { ...parameters } },
}));

/** The most that an answer may hold: a long list of tasks, not a book. */
const MAX_TOKENS = 1500;

/** Cohere's model, through its SDK, which is loaded with the first question and not before. */
export function cohere({ apiKey = "", name, apiUrl, timeoutMs }: ModelConfig): AskModel {
  let client: Promise<CohereClientV2> | undefined;
  const open = async (): Promise<CohereClientV2> => {
    const { CohereClientV2 } = await import("./sdk.ts");
    return new CohereClientV2({
      token: apiKey,
      clientName: "todo-chatbot",
      // Second tries are this program's own: the SDK's can't be cancelled while they wait.
      maxRetries: 0,
      timeoutInSeconds: Math.ceil(timeoutMs / 1000),
      ...(apiUrl !== undefined && { baseUrl: apiUrl }),
    });
  };
  return async (messages, signal, onText) => {
    try {
      const { chatStream } = await (client ??= open());
      const events = await chatStream(
        { model: name, messages: [...messages], tools, temperature: 0.2, maxTokens: MAX_TOKENS },
        // One of its own: the SDK leaves its listeners on the signal.
        { abortSignal: AbortSignal.any([signal]) },
      );
      return await read(events, onText);
    } catch (error) {
      throw ModelError.from(error, signal);
    }
  };
}

interface Draft {
  id: string;
  name: string;
  arguments: string;
}

/** Reads a streamed reply. What comes is checked here: the SDK hands on whatever it was sent. */
async function read(
  events: AsyncIterable<Cohere.V2ChatStreamResponse>,
  onText: (text: string) => void,
): Promise<ModelReply> {
  let [text, plan, ended] = ["", "", false];
  const drafts = new Map<number, Draft>();
  for await (const event of events) {
    if (typeof (event as unknown) !== "object" || (event as unknown) === null) continue;
    switch (event.type) {
      case "content-delta": {
        const more = word(event.delta?.message?.content?.text);
        text += more;
        if (more !== "") onText(more);
        break;
      }
      case "tool-plan-delta":
        plan += word(event.delta?.message?.toolPlan);
        break;
      case "tool-call-start": {
        const call = event.delta?.message?.toolCalls;
        const name = word(call?.function?.name);
        const id = word(call?.id);
        drafts.set(event.index ?? drafts.size, {
          ...{ id, name },
          arguments: word(call?.function?.arguments),
        });
        break;
      }
      case "tool-call-delta": {
        const draft = drafts.get(event.index ?? drafts.size - 1);
        if (draft !== undefined) {
          draft.arguments += word(event.delta?.message?.toolCalls?.function?.arguments);
        }
        break;
      }
      case "message-end":
        ended = true;
        if (event.delta?.finishReason === "ERROR" || event.delta?.error !== undefined) {
          throw new ModelError("broken", "the model broke its answer off");
        }
        break;
    }
  }
  const calls = [...drafts.values()].filter(({ name }) => name !== "");
  if (!ended) throw new ModelError("garbage", "the answer of the model ended before its end");
  if (text.trim() === "" && calls.length === 0) {
    throw new ModelError("garbage", "the model's answer was empty");
  }
  return { text, plan, calls };
}

/** PostgreSQL can't store NUL. */
function word(value: unknown): string {
  return typeof value === "string" ? value.replaceAll("\0", "") : "";
}
