import { randomUUID } from "node:crypto";
import type { Database, Queries } from "../database/database.ts";
import { DomainError } from "../errors.ts";
import { firstCharacters } from "../lib/text.ts";
import type { ChatMessage, Source, ToolNote } from "./schemas.ts";
import {
  MESSAGE_COLUMNS,
  type MessageRow,
  throwSessionNotFound,
  toMessage,
} from "./session-store.ts";
import { emptyMemory, type Memory, type Step, type ToolCall, type ToolResult } from "./types.ts";

/**
 * How long a process holds the lease of a turn after it has taken or renewed it. When the lease
 * has expired, the process has crashed, and the next request for the turn takes it over.
 */
export const LEASE_SECONDS = 20;

/** How many of a conversation's last messages are part of a turn. */
const HISTORY_LENGTH = 20;

/** A message as a client sends it. */
export interface SentMessage {
  readonly id: string;
  readonly content: string;
}

/** A turn whose lease this process holds: a user's message and what is needed to answer it. */
export interface Turn {
  readonly userId: string;
  readonly sessionId: string;
  /** Identifies the holder of the lease. */
  readonly holder: string;
  readonly message: ChatMessage;
  /** The messages before this one, oldest first. */
  readonly history: readonly ChatMessage[];
  readonly memory: Memory;
  /** Tools that have run for this message in a process that didn't finish the turn. */
  readonly steps: readonly Step[];
}

/** The state of a message's turn: started here, running in another process, or finished. */
export type StartedTurn =
  | { readonly kind: "started"; readonly turn: Turn }
  | { readonly kind: "running"; readonly message: ChatMessage }
  | { readonly kind: "finished"; readonly message: ChatMessage; readonly reply: ChatMessage };

/** Another process has taken over the turn, so this one must not write anything more of it. */
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
  readonly leased: boolean;
}

/** Stores turns in the database, so that another process can finish them. */
export class TurnStore {
  readonly #database: Pick<Database, "query" | "transaction">;

  constructor(database: Pick<Database, "query" | "transaction">) {
    this.#database = database;
  }

  /**
   * Stores a message, unless it is stored already, and takes the lease of its turn.
   *
   * @throws DomainError: `not-found` without such a conversation; `conflict` when the id belongs to
   *   another message, or another message of the conversation is being answered
   */
  begin(userId: string, sessionId: string, { id, content }: SentMessage): Promise<StartedTurn> {
    return this.#database.transaction(async (queries) => {
      const state = await lockState(queries, userId, sessionId);
      const [known] = await queries.query<MessageRow>(
        `select ${MESSAGE_COLUMNS} from chat_messages where session_id = $1 and id = $2`,
        [sessionId, id],
      );
      if (known !== undefined && (known.role !== "user" || known.content !== content)) {
        throw new DomainError(
          "conflict",
          "The id of this message was used for another one. Make a new id.",
        );
      }
      if (known !== undefined) {
        const [reply] = await queries.query<MessageRow>(
          `select ${MESSAGE_COLUMNS} from chat_messages where session_id = $1 and reply_to = $2`,
          [sessionId, id],
        );
        const message = toMessage(known);
        if (reply !== undefined) return { kind: "finished", message, reply: toMessage(reply) };
        if (state.leased && state.turn_message_id === id) return { kind: "running", message };
      }
      if (state.leased) {
        const detail = "The last message of this session is still being answered.";
        throw new DomainError("conflict", detail, 1);
      }
      const message = known ?? (await insertMessage(queries, sessionId, id, content));
      const steps = state.turn_message_id === id ? state.turn_steps : [];
      const holder = await takeLease(queries, sessionId, id, steps);
      const history = await queries.query<MessageRow>(
        `select ${MESSAGE_COLUMNS} from chat_messages where session_id = $1 and id <> $2
          order by position desc limit $3`,
        [sessionId, id, HISTORY_LENGTH],
      );
      const turn = {
        ...{ userId, sessionId, holder, message: toMessage(message), steps },
        history: history.map(toMessage).reverse(),
        memory: { ...emptyMemory, ...state.memory },
      };
      return { kind: "started", turn };
    });
  }

  /**
   * Runs a tool and stores its step, in one transaction.
   *
   * @throws TurnLostError
   */
  runStep(
    { sessionId, holder }: Turn,
    call: ToolCall & { readonly by: Source },
    run: (queries: Queries) => Promise<ToolResult>,
  ): Promise<ToolResult> {
    return this.#database.transaction(async (queries) => {
      const result = await run(queries);
      const step: Step = { ...call, result };
      // Last, so that the row is locked briefly: other requests of the session read it.
      await renewLease(queries, sessionId, holder, [step]);
      return result;
    });
  }

  /**
   * Extends the lease by `leaseSeconds` from now.
   *
   * @throws TurnLostError
   */
  async renew({ sessionId, holder }: Turn): Promise<void> {
    await renewLease(this.#database, sessionId, holder);
  }

  /**
   * Stores the answer and the memory, and ends the turn.
   *
   * @throws TurnLostError
   */
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
      await renewLease(queries, sessionId, holder);
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
      if (reply === undefined) throw new Error("insert … returning returned no row");
      return toMessage(reply);
    });
  }

  /** Releases the lease of a turn that failed, so that the next request can continue it. */
  async release({ sessionId, holder }: Turn): Promise<void> {
    await this.#database.query(
      `update agent_state set turn_holder = null, turn_until = null
        where session_id = $1 and turn_holder = $2`,
      [sessionId, holder],
    );
  }
}

/** Locks the row that every transaction of a conversation locks first, which prevents deadlocks. */
async function lockState(queries: Queries, userId: string, sessionId: string): Promise<StateRow> {
  const [state] = await queries.query<StateRow>(
    `select memory, turn_message_id, turn_steps, coalesce(turn_until > now(), false) as leased
       from chat_sessions join agent_state on session_id = id
      where id = $1 and user_id = $2
        for update of agent_state`,
    [sessionId, userId],
  );
  return state ?? throwSessionNotFound(sessionId);
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
  if (message === undefined) throw new Error("insert … returning returned no row");
  return message;
}

async function takeLease(
  queries: Queries,
  sessionId: string,
  messageId: string,
  steps: readonly Step[],
): Promise<string> {
  const holder = randomUUID();
  await queries.query(
    `update agent_state
        set turn_message_id = $2, turn_steps = $3, turn_holder = $4,
            turn_until = now() + make_interval(secs => ${LEASE_SECONDS}), updated_at = now()
      where session_id = $1`,
    [sessionId, messageId, JSON.stringify(steps), holder],
  );
  return holder;
}

async function renewLease(
  queries: Queries,
  sessionId: string,
  holder: string,
  steps: readonly Step[] = [],
): Promise<void> {
  const rows = await queries.query(
    `update agent_state
        set turn_until = now() + make_interval(secs => ${LEASE_SECONDS}),
            turn_steps = turn_steps || $3::jsonb
      where session_id = $1 and turn_holder = $2 returning session_id`,
    [sessionId, holder, JSON.stringify(steps)],
  );
  if (rows.length === 0) throw new TurnLostError();
}

const TITLE_LENGTH = 60;

/** Makes a conversation's title from its first message. */
function titleFrom(content: string): string {
  const line = content.replace(/\s+/g, " ").trim();
  const fits = firstCharacters(line, TITLE_LENGTH) === line;
  return fits ? line : `${firstCharacters(line, TITLE_LENGTH - 1).trimEnd()}…`;
}
