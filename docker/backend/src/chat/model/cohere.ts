import type { Cohere, CohereClientV2 } from "cohere-ai";
import type { ModelConfig } from "../../config.ts";
import { toolDefinitions } from "../tools/definitions.ts";
import { ModelError } from "./model-error.ts";

/** A tool call by the model. */
export interface ModelToolCall {
  readonly id: string;
  readonly name: string;
  /** JSON as the model wrote it, which can be invalid. */
  readonly arguments: string;
}

/** The model's reply to one question. */
export interface ModelReply {
  readonly text: string;
  /** What the model says about the tools that it calls. */
  readonly plan: string;
  readonly calls: readonly ModelToolCall[];
}

/**
 * Asks the model one question.
 *
 * @param onText - receives the reply's text piece by piece, as the model writes it
 * @throws ModelError, and nothing else
 */
export type AskModel = (
  messages: readonly Cohere.ChatMessageV2[],
  signal: AbortSignal,
  onText: (text: string) => void,
) => Promise<ModelReply>;

const tools: Cohere.ToolV2[] = Object.entries(toolDefinitions).map(
  ([name, { description, parameters }]) => ({
    type: "function",
    function: { name, description, parameters: { ...parameters } },
  }),
);

/** The maximum length of a reply: enough for a long list of tasks. */
const MAX_TOKENS = 1500;

/** Returns a function that asks Cohere's model. The SDK is loaded with the first question. */
export function cohere({ apiKey = "", name, apiUrl, timeoutMs }: ModelConfig): AskModel {
  let client: Promise<CohereClientV2> | undefined;
  const open = async (): Promise<CohereClientV2> => {
    const { CohereClientV2 } = await import("./cohere-sdk.ts");
    return new CohereClientV2({
      token: apiKey,
      clientName: "todo-chatbot",
      // See resilience.ts: the pauses between the SDK's retries can't be cancelled.
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
        // A new signal for each call, because the SDK doesn't remove its listeners.
        { abortSignal: AbortSignal.any([signal]) },
      );
      return await readReply(events, onText);
    } catch (error) {
      throw ModelError.from(error, signal);
    }
  };
}

/** A tool call of which not everything has been received. */
interface PartialCall {
  id: string;
  name: string;
  arguments: string;
}

/** Reads a streamed reply. It is validated here, because the SDK doesn't do that. */
async function readReply(
  events: AsyncIterable<Cohere.V2ChatStreamResponse>,
  onText: (text: string) => void,
): Promise<ModelReply> {
  let [text, plan, ended] = ["", "", false];
  const partialCalls = new Map<number, PartialCall>();
  for await (const event of events) {
    if (typeof (event as unknown) !== "object" || (event as unknown) === null) continue;
    switch (event.type) {
      case "content-delta": {
        const more = textOf(event.delta?.message?.content?.text);
        text += more;
        if (more !== "") onText(more);
        break;
      }
      case "tool-plan-delta":
        plan += textOf(event.delta?.message?.toolPlan);
        break;
      case "tool-call-start": {
        const call = event.delta?.message?.toolCalls;
        const name = textOf(call?.function?.name);
        const id = textOf(call?.id);
        partialCalls.set(event.index ?? partialCalls.size, {
          ...{ id, name },
          arguments: textOf(call?.function?.arguments),
        });
        break;
      }
      case "tool-call-delta": {
        const call = partialCalls.get(event.index ?? partialCalls.size - 1);
        if (call !== undefined) {
          call.arguments += textOf(event.delta?.message?.toolCalls?.function?.arguments);
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
  const calls = [...partialCalls.values()].filter(({ name }) => name !== "");
  if (!ended) throw new ModelError("garbage", "the answer of the model ended before its end");
  if (text.trim() === "" && calls.length === 0) {
    throw new ModelError("garbage", "the model's answer was empty");
  }
  return { text, plan, calls };
}

/** Removes NUL, which PostgreSQL can't store. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value.replaceAll("\0", "") : "";
}
