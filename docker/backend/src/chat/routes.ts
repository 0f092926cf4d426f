import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { DomainError } from "../errors.ts";
import { idParams as params, pageQuery } from "../lib/schemas.ts";
import { callerOf } from "../plugins/auth-guard.ts";
import { EventStream } from "./event-stream.ts";
import {
  chatSession,
  messagePage,
  newMessage,
  newSession,
  sessionChange,
  sessionPage,
} from "./schemas.ts";
import { SessionStore } from "./session-store.ts";
import type { Turns } from "./turns.ts";

/** The options of the chat's routes. */
export interface ChatRoutesOptions {
  readonly turns: Turns;
}

const tags = ["chat"];
const SESSIONS_PATH = "/api/chat/sessions";

/** The routes below /api/chat. */
export const chatRoutes: FastifyPluginCallbackTypebox<ChatRoutesOptions> = (
  app,
  { turns },
  done,
) => {
  const storeOf = (request: FastifyRequest): SessionStore =>
    new SessionStore(app.database, callerOf(request).userId);
  const sessionResponse = { "2xx": chatSession };

  app.get(
    SESSIONS_PATH,
    {
      schema: {
        ...{ tags, summary: "List conversations", querystring: pageQuery },
        response: { "2xx": sessionPage },
      },
    },
    (request) => storeOf(request).list(request.query),
  );

  app.post(
    SESSIONS_PATH,
    {
      schema: {
        ...{ tags, summary: "Create a conversation", body: newSession },
        response: sessionResponse,
      },
    },
    async (request, reply) => {
      // Fastify accepts a request without a body, although the schema wants an object.
      const body = request.body as typeof request.body | null;
      const session = await storeOf(request).create(body?.title);
      return reply.code(201).header("location", `${SESSIONS_PATH}/${session.id}`).send(session);
    },
  );

  app.get(
    `${SESSIONS_PATH}/:id`,
    { schema: { tags, summary: "Return a conversation", params, response: sessionResponse } },
    (request) => storeOf(request).get(request.params.id),
  );

  app.patch(
    `${SESSIONS_PATH}/:id`,
    {
      schema: {
        ...{ tags, summary: "Rename a conversation", params, body: sessionChange },
        response: sessionResponse,
      },
    },
    (request) => storeOf(request).rename(request.params.id, request.body.title),
  );

  app.delete(
    `${SESSIONS_PATH}/:id`,
    { schema: { tags, summary: "Delete a conversation with its messages", params } },
    async (request, reply) => {
      await storeOf(request).remove(request.params.id);
      return reply.code(204).send();
    },
  );

  app.get(
    `${SESSIONS_PATH}/:id/messages`,
    {
      schema: {
        ...{ tags, summary: "List the messages of a conversation", params, querystring: pageQuery },
        response: { "2xx": messagePage },
      },
    },
    async (request) => {
      const { id } = request.params;
      const store = storeOf(request);
      await store.get(id);
      return store.messages(id, request.query);
    },
  );

  app.post(
    `${SESSIONS_PATH}/:id/messages`,
    {
      config: { sendsMessage: true },
      schema: {
        ...{ tags, summary: "Send a message; the answer comes as server-sent events" },
        ...{ params, body: newMessage },
      },
    },
    async (request, reply) => {
      const { id, content, timeZone = "UTC" } = request.body;
      checkTimeZone(timeZone);
      const turnRequest = {
        userId: callerOf(request).userId,
        sessionId: request.params.id,
        sent: { id: id.toLowerCase(), content: content.trim().toWellFormed() },
        timeZone,
        log: request.log,
      };
      const started = await turns.begin(turnRequest);
      const stream = new EventStream();
      void turns
        .run(turnRequest, started, stream.emit, () => stream.open)
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
  done();
};

function checkTimeZone(timeZone: string): void {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
  } catch {
    throw new DomainError(
      "invalid-input",
      "timeZone is not known; expected a name such as Europe/Berlin.",
    );
  }
}
