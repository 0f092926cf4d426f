import { randomUUID } from "node:crypto";
import type { Database, Queries } from "../db/database.ts";
import { HttpError } from "../http/problem.ts";
import { firstCharacters } from "../text.ts";
import { MESSAGE_COLUMNS, type MessageRow, toMessage } from "./sessions.ts";
import type { ChatMessage, Memory, Source, Step, ToolCall, ToolNote, ToolResult } from "./types.ts";
import { BLANK } from "./types.ts";

/**
 * How long a turn belongs to the process that runs it, from each sign of life on. After that, whoever
 * is asked for the same answer takes it over: the process has ended without a word.
 */
export const HELD_SECONDS = 20;

/** How many of a conversation's last messages an answer is made from. */
const HISTORY = 20;

/** What a client sends. */
export interface SentMessage {
  readonly id: string;
  readonly content: string;
}

/** A turn that this process has to carry through. */
export interface Turn {
  readonly userId: string;
  readonly sessionId: string;
  readonly holder: string;
  readonly message: ChatMessage;
  /** What was said before the message, oldest first. */
  readonly history: readonly ChatMessage[];
  readonly memory: Memory;
  /** Tools that have run for this message already, in a process that didn't come to the end. */
  readonly steps: readonly Step[];
}

/** What became of a message that came in. */
export type Begun =
  | { readonly kind: "begun"; readonly turn: Turn }
  | { readonly kind: "running"; readonly message: ChatMessage }
  | { readonly kind: "finished"; readonly message: ChatMessage; readonly reply: ChatMessage };

/** Somebody else has taken the turn over: nothing of it may be written any more. */
export class TurnLostError extends Error {
  override readonly name = "TurnLostError";

  constructor() {
    super("another process has taken this turn over");
  }
}

interface StateRow {
  readonly memory: Partial<Memory>;
  readonly turn_message_id: string | null;
  readonly turn_steps: readonly Step[];
  readonly held: boolean;
}

/** Turns in the database, so that they outlive the process that runs them. */
export class TurnStore {
  readonly #database: Pick<Database, "query" | "transaction">;

  constructor(database: Pick<Database, "query" | "transaction">) {
    this.#database = database;
  }

  /** Keeps a message, unless it is there already, and takes the turn that answers it. */
  begin(userId: string, sessionId: string, { id, content }: SentMessage): Promise<Begun> {
    return this.#database.transaction(async (queries) => {
      const state = await lockState(queries, userId, sessionId);
      const [known] = await queries.query<MessageRow>(
        `select ${MESSAGE_COLUMNS} from chat_messages where session_id = $1 and id = $2`,
        [sessionId, id],
      );
      if (known !== undefined && (known.role !== "user" || known.content !== content)) {
        throw new HttpError(409, "The id of this message was used for another one. Make a new id.");
      }
      if (known !== undefined) {
        const [reply] = await queries.query<MessageRow>(
          `select ${MESSAGE_COLUMNS} from chat_messages where session_id = $1 and reply_to = $2`,
          [sessionId, id],
        );
        const message = toMessage(known);
        if (reply !== undefined) return { kind: "finished", message, reply: toMessage(reply) };
        if (state.held && state.turn_message_id === id) return { kind: "running", message };
      }
      if (state.held) {
        throw new HttpError(409, "The last message of this session is still being answered.", {
          "retry-after": "1",
        });
      }
      const message = known ?? (await insertMessage(queries, sessionId, id, content));
      const steps = state.turn_message_id === id ? state.turn_steps : [];
      const holder = await take(queries, sessionId, id, steps);
      const history = await queries.query<MessageRow>(
        `select ${MESSAGE_COLUMNS} from chat_messages where session_id = $1 and id <> $2
          order by position desc limit $3`,
        [sessionId, id, HISTORY],
      );
      const turn = {
        ...{ userId, sessionId, holder, message: toMessage(message), steps },
        history: history.map(toMessage).reverse(),
        memory: { ...BLANK, ...state.memory },
      };
      return { kind: "begun", turn };
    });
  }

  /** Runs a tool and notes that it has run, both or neither. */
  step(
    { sessionId, holder }: Turn,
    call: ToolCall & { readonly by: Source },
    run: (queries: Queries) => Promise<ToolResult>,
  ): Promise<ToolResult> {
    return this.#database.transaction(async (queries) => {
      const result = await run(queries);
      const step: Step = { ...call, result };
      // Last, so that the row is locked for a moment only: whoever else asks is told at once.
      await hold(queries, sessionId, holder, [step]);
      return result;
    });
  }

  /** Gives a sign of life. */
  async keep({ sessionId, holder }: Turn): Promise<void> {
    await hold(this.#database, sessionId, holder);
  }

  /** Keeps the answer and what is to be remembered, and ends the turn. */
  finish(
    { sessionId, holder, message }: Turn,
    answer: {
      readonly content: string;
      readonly source: Source;
      readonly tools: readonly ToolNote[];
    },
    memory: Memory,
  ): Promise<ChatMessage> {
    return this.#database.transaction(async (queries) => {
      await hold(queries, sessionId, holder);
      const [reply] = await queries.query<MessageRow>(
        `insert into chat_messages (session_id, role, content, reply_to, source, tools)
         values ($1, 'assistant', $2, $3, $4, $5) returning ${MESSAGE_COLUMNS}`,
        [sessionId, answer.content, message.id, answer.source, JSON.stringify(answer.tools)],
      );
      await queries.query(
        `update agent_state set memory = $2, turn_message_id = null, turn_steps = '[]',
                turn_holder = null, turn_until = null, updated_at = now()
          where session_id = $1`,
        [sessionId, JSON.stringify(memory)],
      );
      await queries.query("update chat_sessions set updated_at = now() where id = $1", [sessionId]);
      if (reply === undefined) throw new Error("insert … returning gave no row");
      return toMessage(reply);
    });
  }

  /** Lets go of a turn that could not be carried through: the next one who asks goes on with it. */
  async release({ sessionId, holder }: Turn): Promise<void> {
    await this.#database.query(
      `update agent_state set turn_holder = null, turn_until = null
        where session_id = $1 and turn_holder = $2`,
      [sessionId, holder],
    );
  }
}

/** This row is locked before any other one of a conversation, so that nobody waits in a circle. */
async function lockState(queries: Queries, userId: string, sessionId: string): Promise<StateRow> {
  const [state] = await queries.query<StateRow>(
    `select memory, turn_message_id, turn_steps, coalesce(turn_until > now(), false) as held
       from chat_sessions join agent_state on session_id = id
      where id = $1 and user_id = $2
        for update of agent_state`,
    [sessionId, userId],
  );
  if (state === undefined) throw new HttpError(404, `There is no chat session ${sessionId}.`);
  return state;
}

async function insertMessage(
  queries: Queries,
  sessionId: string,
  id: string,
  content: string,
): Promise<MessageRow> {
  const [message] = await queries.query<MessageRow>(
    `insert into chat_messages (session_id, id, role, content) values ($1, $2, 'user', $3)
     returning ${MESSAGE_COLUMNS}`,
    [sessionId, id, content],
  );
  await queries.query(
    `update chat_sessions set updated_at = now(), title = case title when '' then $2 else title end
      where id = $1`,
    [sessionId, titleFrom(content)],
  );
  if (message === undefined) throw new Error("insert … returning gave no row");
  return message;
}

async function take(
  queries: Queries,
  sessionId: string,
  messageId: string,
  steps: readonly Step[],
): Promise<string> {
  const holder = randomUUID();
  await queries.query(
    `update agent_state
        set turn_message_id = $2, turn_steps = $3, turn_holder = $4,
            turn_until = now() + make_interval(secs => ${HELD_SECONDS}), updated_at = now()
      where session_id = $1`,
    [sessionId, messageId, JSON.stringify(steps), holder],
  );
  return holder;
}

async function hold(
  queries: Queries,
  sessionId: string,
  holder: string,
  steps: readonly Step[] = [],
): Promise<void> {
  const rows = await queries.query(
    `update agent_state
        set turn_until = now() + make_interval(secs => ${HELD_SECONDS}),
            turn_steps = turn_steps || $3::jsonb
      where session_id = $1 and turn_holder = $2 returning session_id`,
    [sessionId, holder, JSON.stringify(steps)],
  );
  if (rows.length === 0) throw new TurnLostError();
}

const TITLE_MAX = 60;

/** A conversation is called by its first words. */
function titleFrom(content: string): string {
  const line = content.replace(/\s+/g, " ").trim();
  const whole = firstCharacters(line, TITLE_MAX) === line;
  return whole ? line : `${firstCharacters(line, TITLE_MAX - 1).trimEnd()}…`;
}
