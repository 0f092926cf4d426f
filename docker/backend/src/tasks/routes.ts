import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { callerOf } from "../auth/guard.ts";
import type { Queries } from "../db/database.ts";
import { HttpError } from "../http/problem.ts";
import { etag, ifMatch } from "./etag.ts";
import type { TaskQuery } from "./query.ts";
import { answers, idSchema, newTaskSchema, taskChangeSchema, taskQuerySchema } from "./schema.ts";
import { type Changed, TaskStore } from "./store.ts";
import type { NewTask, Task, TaskChange } from "./task.ts";

interface WithId {
  readonly Params: { readonly id: string };
}

const tags = ["tasks"];

/** The routes of /api/tasks. */
export function taskRoutes(app: FastifyInstance, queries: Queries): void {
  const store = (request: FastifyRequest): TaskStore =>
    new TaskStore(queries, callerOf(request).userId);

  app.get<{ Querystring: TaskQuery }>(
    "/api/tasks",
    { schema: { tags, summary: "List", querystring: taskQuerySchema, response: answers.list } },
    async (request, reply) => {
      const page = await store(request).listAsJson(request.query);
      // Written already, so the schema in `response` is only for /docs.
      return reply.type("application/json; charset=utf-8").serializer(String).send(page);
    },
  );

  app.post<{ Body: NewTask }>(
    "/api/tasks",
    { schema: { tags, summary: "Add", body: newTaskSchema, response: answers.one } },
    async (request, reply) => {
      const task = await store(request).create(request.body);
      return send(reply.code(201).header("location", `/api/tasks/${task.id}`), task);
    },
  );

  app.get<WithId>(
    "/api/tasks/:id",
    { schema: { tags, summary: "Read one", params: idSchema, response: answers.one } },
    async (request, reply) => {
      const { id } = request.params;
      return send(reply, present(id, (await store(request).get(id)) ?? "missing"));
    },
  );

  app.patch<WithId & { Body: TaskChange }>(
    "/api/tasks/:id",
    {
      schema: {
        ...{ tags, summary: "Change", params: idSchema },
        ...{ body: taskChangeSchema, response: answers.one },
      },
    },
    async (request, reply) => {
      const { id } = request.params;
      const versions = ifMatch(request.headers["if-match"]);
      return send(reply, present(id, await store(request).update(id, request.body, versions)));
    },
  );

  app.delete<WithId>(
    "/api/tasks/:id",
    { schema: { tags, summary: "Delete", params: idSchema } },
    async (request, reply) => {
      const { id } = request.params;
      present(id, await store(request).remove(id, ifMatch(request.headers["if-match"])));
      return reply.code(204).send();
    },
  );
}

function send(reply: FastifyReply, task: Task): FastifyReply {
  return reply.header("etag", etag(task.version)).send(task);
}

function present(id: string, task: Changed): Task {
  if (task === "missing") throw new HttpError(404, `There is no task ${id}.`);
  if (task === "stale") {
    throw new HttpError(412, "The task was changed meanwhile. Read it again, then change it.");
  }
  return task;
}
