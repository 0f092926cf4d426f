import type { Queries } from "../db/database.ts";
import { readCursor, TIMESTAMP, writeCursor } from "../http/cursor.ts";
import type { ChatMessage, ChatSession, Source, ToolNote } from "./types.ts";

/** Which page of a list. */
export interface Page {
  readonly limit: number;
  readonly cursor?: string;
}

interface SessionRow {
  readonly id: string;
  readonly title: string;
  readonly created_at: Date;
  readonly updated_at: Date;
}

/** A row of chat_messages, as MESSAGE_COLUMNS selects it. */
export interface MessageRow {
  readonly id: string;
  readonly role: "user" | "assistant";
  readonly content: string;
  readonly reply_to: string | null;
  readonly source: Source | null;
  readonly tools: readonly ToolNote[];
  readonly created_at: Date;
}

/** What a MessageRow is selected by. */
export const MESSAGE_COLUMNS = "id, role, content, reply_to, source, tools, created_at";

const COLUMNS = "id, title, created_at, updated_at";

/** The conversations of one user. */
export class SessionStore {
  readonly #queries: Queries;
  readonly #userId: string;

  constructor(queries: Queries, userId: string) {
    this.#queries = queries;
    this.#userId = userId;
  }

  /** A page of the conversations, last used first. */
  async list({ limit, cursor }: Page) {
    const after = cursor === undefined ? undefined : readCursor(cursor, "sessions", TIMESTAMP);
    const rows = await this.#queries.query<SessionRow & { readonly place: string }>(
      `select ${COLUMNS}, updated_at::text as place from chat_sessions
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
      nextCursor: more ? writeCursor({ order: "sessions", key: last.place, id: last.id }) : null,
    };
  }

  /** Begins a conversation. */
  async create(title = ""): Promise<ChatSession> {
    const [row] = await this.#queries.query<SessionRow>(
      `with session as (
         insert into chat_sessions (user_id, title) values ($1, $2) returning ${COLUMNS}
       ), state as (insert into agent_state (session_id) select id from session)
       select ${COLUMNS} from session`,
      [this.#userId, title.trim()],
    );
    if (row === undefined) throw new Error("insert … returning gave no row");
    return toSession(row);
  }

  /** The conversation with this id, or undefined. */
  async get(id: string): Promise<ChatSession | undefined> {
    const rows = await this.#queries.query<SessionRow>(
      `select ${COLUMNS} from chat_sessions where id = $1 and user_id = $2`,
      [id, this.#userId],
    );
    return rows.map(toSession)[0];
  }

  /** Gives a conversation another title; undefined when there is no such conversation. */
  async rename(id: string, title: string): Promise<ChatSession | undefined> {
    const rows = await this.#queries.query<SessionRow>(
      `update chat_sessions set title = $3 where id = $1 and user_id = $2 returning ${COLUMNS}`,
      [id, this.#userId, title.trim()],
    );
    return rows.map(toSession)[0];
  }

  /** Removes a conversation with all its messages; false when there was none. */
  async remove(id: string): Promise<boolean> {
    const rows = await this.#queries.query(
      "delete from chat_sessions where id = $1 and user_id = $2 returning id",
      [id, this.#userId],
    );
    return rows.length > 0;
  }

  /** The newest messages of a conversation of this user, or those before the cursor; oldest first. */
  async messages(sessionId: string, { limit, cursor }: Page) {
    const before = cursor === undefined ? undefined : readCursor(cursor, "messages", /^\d{1,18}$/);
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
      nextCursor: more ? writeCursor({ order: "messages", key: last.position, id: last.id }) : null,
    };
  }
}

function toSession(row: SessionRow): ChatSession {
  return {
    id: row.id,
    title: row.title,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** A row as the API shows it. */
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
