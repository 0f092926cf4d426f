import type { FastifyInstance } from "fastify";
import { HttpError } from "../http/problem.ts";
import { answers, newTaskSchema, taskChangeSchema, taskIdSchema } from "./schema.ts";
import type { NewTask, TaskChange } from "./schema.ts";
import type { TaskStore } from "./store.ts";

interface WithId {
  readonly Params: { readonly id: string };
}

/** The routes of /api/tasks. */
export function taskRoutes(app: FastifyInstance, store: TaskStore): void {
  app.get("/api/tasks", { schema: { response: answers.list } }, async () => ({
    tasks: await store.list(),
  }));

  app.post<{ Body: NewTask }>(
    "/api/tasks",
    { schema: { body: newTaskSchema, response: answers.one } },
    async (request, reply) => {
      const task = await store.create(request.body);
      return reply.code(201).header("location", `/api/tasks/${task.id}`).send(task);
    },
  );

  app.get<WithId>(
    "/api/tasks/:id",
    { schema: { params: taskIdSchema, response: answers.one } },
    async ({ params }) => (await store.get(params.id)) ?? missing(params.id),
  );

  app.patch<WithId & { Body: TaskChange }>(
    "/api/tasks/:id",
    { schema: { params: taskIdSchema, body: taskChangeSchema, response: answers.one } },
    async ({ params, body }) => (await store.update(params.id, body)) ?? missing(params.id),
  );

  app.delete<WithId>(
    "/api/tasks/:id",
    { schema: { params: taskIdSchema } },
    async ({ params }, reply) => {
      if (!(await store.remove(params.id))) missing(params.id);
      return reply.code(204).send();
    },
  );
}

function missing(id: string): never {
  throw new HttpError(404, `There is no task ${id}.`);
}
