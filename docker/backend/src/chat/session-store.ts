import type { Queries } from "../database/database.ts";
import { DomainError } from "../errors.ts";
import { decodeCursor, encodeCursor, timestampPattern } from "../lib/page-cursor.ts";
import { DEFAULT_PAGE_SIZE, type PageQuery } from "../lib/schemas.ts";
import type {
  ChatMessage,
  ChatSession,
  MessagePage,
  SessionPage,
  Source,
  ToolNote,
} from "./schemas.ts";

interface SessionRow {
  readonly id: string;
  readonly title: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** A row of the table chat_messages, as `messageColumns` selects it. */
export interface MessageRow {
  readonly id: string;
  readonly role: "user" | "assistant";
  readonly content: string;
  readonly reply_to: string | null;
  readonly source: Source | null;
  readonly tools: ToolNote[];
  readonly created_at: Date;
}

/** The columns of a MessageRow. */
export const MESSAGE_COLUMNS = "id, role, content, reply_to, source, tools, created_at";

const SESSION_COLUMNS = "id, title, created_at, updated_at";

/** The conversations of one user. It can't read or change those of another one. */
export class SessionStore {
  readonly #queries: Queries;
  readonly #userId: string;

  constructor(queries: Queries, userId: string) {
    this.#queries = queries;
    this.#userId = userId;
  }

  /** Returns one page of the conversations, last used first. */
  async list({ limit = DEFAULT_PAGE_SIZE, cursor }: PageQuery): Promise<SessionPage> {
    const after =
      cursor === undefined ? undefined : decodeCursor(cursor, "sessions", timestampPattern);
    const rows = await this.#queries.query<SessionRow & { readonly sort_key: string }>(
      `select ${SESSION_COLUMNS}, updated_at::text as sort_key from chat_sessions
        where user_id = $1
          and ($2::timestamptz is null or (updated_at, id) < ($2::timestamptz, $3::uuid))
        order by updated_at desc, id desc limit $4`,
      [this.#userId, after?.key, after?.id, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const more = rows.length > page.length && last !== undefined;
    return {
      sessions: page.map(toSession),
      nextCursor: more
        ? encodeCursor({ order: "sessions", key: last.sort_key, id: last.id })
        : null,
    };
  }

  /** Creates a conversation. */
  async create(title = ""): Promise<ChatSession> {
    const [row] = await this.#queries.query<SessionRow>(
      `with session as (
         insert into chat_sessions (user_id, title) values ($1, $2) returning ${SESSION_COLUMNS}
       ), state as (insert into agent_state (session_id) select id from session)
       select ${SESSION_COLUMNS} from session`,
      [this.#userId, title.trim()],
    );
    if (row === undefined) throw new Error("insert … returning returned no row");
    return toSession(row);
  }

  /**
   * Returns the conversation with this id.
   *
   * @throws DomainError (`not-found`)
   */
  async get(id: string): Promise<ChatSession> {
    const [row] = await this.#queries.query<SessionRow>(
      `select ${SESSION_COLUMNS} from chat_sessions where id = $1 and user_id = $2`,
      [id, this.#userId],
    );
    return row === undefined ? throwSessionNotFound(id) : toSession(row);
  }

  /**
   * Gives a conversation another title.
   *
   * @throws DomainError (`not-found`)
   */
  async rename(id: string, title: string): Promise<ChatSession> {
    const [row] = await this.#queries.query<SessionRow>(
      `update chat_sessions set title = $3 where id = $1 and user_id = $2 returning ${SESSION_COLUMNS}`,
      [id, this.#userId, title.trim()],
    );
    return row === undefined ? throwSessionNotFound(id) : toSession(row);
  }

  /**
   * Deletes a conversation with all its messages.
   *
   * @throws DomainError (`not-found`)
   */
  async remove(id: string): Promise<void> {
    const rows = await this.#queries.query(
      "delete from chat_sessions where id = $1 and user_id = $2 returning id",
      [id, this.#userId],
    );
    if (rows.length === 0) throwSessionNotFound(id);
  }

  /** Returns one page of a conversation's messages: the newest, or those before the cursor. */
  async messages(
    sessionId: string,
    { limit = DEFAULT_PAGE_SIZE, cursor }: PageQuery,
  ): Promise<MessagePage> {
    const before =
      cursor === undefined ? undefined : decodeCursor(cursor, "messages", /^\d{1,18}$/);
    const rows = await this.#queries.query<MessageRow & { readonly position: string }>(
      `select ${MESSAGE_COLUMNS}, position from chat_messages
        where session_id = $1
          and exists (select from chat_sessions where id = $1 and user_id = $2)
          and ($3::bigint is null or position < $3)
        order by position desc limit $4`,
      [sessionId, this.#userId, before?.key, limit + 1],
    );
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    const more = rows.length > page.length && last !== undefined;
    return {
      messages: page.map(toMessage).reverse(),
      nextCursor: more
        ? encodeCursor({ order: "messages", key: last.position, id: last.id })
        : null,
    };
  }
}

/** Throws the error for a conversation that doesn't exist or belongs to another user. */
export function throwSessionNotFound(id: string): never {
  throw new DomainError("not-found", `There is no chat session ${id}.`);
}

function toSession(row: SessionRow): ChatSession {
  return {
    id: row.id,
    title: row.title,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** Converts a row to the message that the API returns. */
export function toMessage(row: MessageRow): ChatMessage {
  return {
    id: row.id,
    role: row.role,
    content: row.content,
    createdAt: row.created_at.toISOString(),
    replyTo: row.reply_to,
    source: row.source,
    tools: row.tools,
  };
}
