import type { FastifyPluginCallbackTypebox } from "@fastify/type-provider-typebox";
import type { FastifyRequest } from "fastify";
import { Type } from "typebox";
import { idParams } from "../lib/schemas.ts";
import { callerOf } from "../plugins/auth-guard.ts";
import { etag, parseIfMatch } from "./etag.ts";
import { newTask, task, taskChange, taskPage, taskQuery } from "./schemas.ts";
import { TaskStore } from "./store.ts";

const tags = ["tasks"];
const params = idParams;
const response = { "2xx": task };

/** The routes below /api/tasks. */
export const taskRoutes: FastifyPluginCallbackTypebox = (app, _options, done) => {
  const storeOf = (request: FastifyRequest): TaskStore =>
    new TaskStore(app.database, callerOf(request).userId);

  app.get(
    "/api/tasks",
    {
      schema: {
        ...{ tags, summary: "List tasks", querystring: taskQuery },
        // PostgreSQL has written the JSON: the schema only documents it.
        response: { "2xx": Type.Unsafe<string>(taskPage) },
      },
    },
    async (request, reply) => {
      const page = await storeOf(request).listAsJson(request.query);
      return reply.type("application/json; charset=utf-8").serializer(String).send(page);
    },
  );

  app.post(
    "/api/tasks",
    { schema: { tags, summary: "Create a task", body: newTask, response } },
    async (request, reply) => {
      const created = await storeOf(request).create(request.body);
      return reply
        .code(201)
        .header("location", `/api/tasks/${created.id}`)
        .header("etag", etag(created.version))
        .send(created);
    },
  );

  app.get(
    "/api/tasks/:id",
    { schema: { tags, summary: "Return a task", params, response } },
    async (request, reply) => {
      const found = await storeOf(request).get(request.params.id);
      return reply.header("etag", etag(found.version)).send(found);
    },
  );

  app.patch(
    "/api/tasks/:id",
    { schema: { tags, summary: "Change a task", params, body: taskChange, response } },
    async (request, reply) => {
      const versions = parseIfMatch(request.headers["if-match"]);
      const { id } = request.params;
      const changed = await storeOf(request).update(id, request.body, versions);
      return reply.header("etag", etag(changed.version)).send(changed);
    },
  );

  app.delete(
    "/api/tasks/:id",
    { schema: { tags, summary: "Delete a task", params } },
    async (request, reply) => {
      const versions = parseIfMatch(request.headers["if-match"]);
      await storeOf(request).remove(request.params.id, versions);
      return reply.code(204).send();
    },
  );
  done();
};
