import type { FastifyInstance, FastifyRequest } from "fastify";
import { callerOf } from "../auth/guard.ts";
import type { Queries } from "../db/database.ts";
import { HttpError } from "../http/problem.ts";
import { idSchema } from "../tasks/schema.ts";
import { EventStream } from "./events.ts";
import {
  answers,
  newMessageSchema,
  newSessionSchema,
  pageSchema,
  sessionChangeSchema,
} from "./schema.ts";
import { type Page, SessionStore } from "./sessions.ts";
import type { SentMessage } from "./turn-store.ts";
import type { Turns } from "./turns.ts";

interface WithId {
  readonly Params: { readonly id: string };
}

const tags = ["chat"];
const params = idSchema;

/** The routes of /api/chat. */
export function chatRoutes(app: FastifyInstance, queries: Queries, turns: Turns): void {
  const store = (request: FastifyRequest): SessionStore =>
    new SessionStore(queries, callerOf(request).userId);
  const path = "/api/chat/sessions";

  app.get<{ Querystring: Page }>(
    path,
    {
      schema: {
        ...{ tags, summary: "List conversations", querystring: pageSchema },
        response: answers.sessions,
      },
    },
    (request) => store(request).list(request.query),
  );

  app.post<{ Body: { readonly title?: string } | null }>(
    path,
    {
      schema: {
        ...{ tags, summary: "Begin a conversation", body: newSessionSchema },
        response: answers.session,
      },
    },
    async (request, reply) => {
      const session = await store(request).create(request.body?.title);
      return reply.code(201).header("location", `${path}/${session.id}`).send(session);
    },
  );

  app.get<WithId>(
    `${path}/:id`,
    { schema: { tags, summary: "Read one", params, response: answers.session } },
    async (request) => (await store(request).get(request.params.id)) ?? missing(request.params.id),
  );

  app.patch<WithId & { Body: { readonly title: string } }>(
    `${path}/:id`,
    {
      schema: {
        ...{ tags, summary: "Give it another title", params, body: sessionChangeSchema },
        response: answers.session,
      },
    },
    async (request) => {
      const { id } = request.params;
      return (await store(request).rename(id, request.body.title)) ?? missing(id);
    },
  );

  app.delete<WithId>(
    `${path}/:id`,
    { schema: { tags, summary: "Delete it with its messages", params } },
    async (request, reply) => {
      if (!(await store(request).remove(request.params.id))) missing(request.params.id);
      return reply.code(204).send();
    },
  );

  app.get<WithId & { Querystring: Page }>(
    `${path}/:id/messages`,
    {
      schema: {
        ...{ tags, summary: "Read its messages", params, querystring: pageSchema },
        response: answers.messages,
      },
    },
    async (request) => {
      const { id } = request.params;
      const sessions = store(request);
      if ((await sessions.get(id)) === undefined) missing(id);
      return sessions.messages(id, request.query);
    },
  );

  app.post<WithId & { Body: SentMessage & { readonly timeZone: string } }>(
    `${path}/:id/messages`,
    {
      config: { asksChat: true },
      schema: {
        ...{ tags, summary: "Send a message; the answer comes as server-sent events" },
        ...{ params, body: newMessageSchema },
      },
    },
    async (request, reply) => {
      const { id, content, timeZone } = request.body;
      checkTimeZone(timeZone);
      const { userId } = callerOf(request);
      const sent = { id: id.toLowerCase(), content: content.trim().toWellFormed() };
      const asked = { userId, sessionId: request.params.id, sent, timeZone, log: request.log };
      const begun = await turns.begin(asked);
      const stream = new EventStream();
      void turns
        .carryOn(asked, begun, stream.emit, () => stream.open)
        .then(() => {
          stream.end();
        });
      return reply
        .type("text/event-stream; charset=utf-8")
        .header("cache-control", "no-store")
        .header("x-accel-buffering", "no")
        .send(stream.body);
    },
  );
}

function missing(id: string): never {
  throw new HttpError(404, `There is no chat session ${id}.`);
}

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    throw new HttpError(400, "timeZone is not known; expected a name such as Europe/Berlin.");
  }
}
