/** Runs the scripts of the Helm tests, as the chart renders them, against a server of this process. */
import assert from "node:assert/strict";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { run } from "../../lib/process/run";
import { at } from "../../lib/pulumi/values";
import { find, render } from "../support/chart/helm";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Starts a server on a free port. */
async function serve(answer: Answer): Promise<{ server: Server; url: string }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return { server, url: `http://127.0.0.1:${port}` };
}

/** Runs a test's script with both services at one address. */
async function runScript(test: string, url: string, seconds = 30) {
  const pod = find(await render(), "Pod", `todo-app-test-${test}`);
  const [, ...args] = at(pod, "spec.containers.0.command") as string[];
  const env = {
    BACKEND_URL: url,
    FRONTEND_URL: url,
    BACKEND_READY_PATH: "/health/ready",
    FRONTEND_READY_PATH: "/api/ready",
    TASKS_PATH: "/api/tasks",
    SIGN_UP_PATH: "/api/auth/sign-up/email",
    DELETE_USER_PATH: "/api/auth/delete-user",
    TIMEOUT_SECONDS: `${seconds}`,
  };
  const { code, stdout, stderr } = await run(process.execPath, args, { env });
  return { code: code === 0 ? 0 : 1, output: stdout + stderr };
}

/** An API that keeps accounts and tasks as the real one does, as far as the test asks it. */
function taskApi(log: string[], keeps = true): Answer {
  const tasks = new Map<string, string>();
  let password: string | undefined;
  return (request, response) => {
    const { method = "", url = "" } = request;
    log.push(`${method} ${url}`);
    const send = (status: number, body?: unknown, headers = {}) => {
      response.writeHead(status, { "content-type": "application/json", ...headers });
      response.end(body === undefined ? undefined : JSON.stringify(body));
    };
    const id = url.split("/")[3] ?? "";
    let text = "";
    request.on("data", (chunk: Buffer) => (text += chunk.toString()));
    request.on("end", () => {
      const body = (text === "" ? {} : JSON.parse(text)) as { password?: string; title?: string };
      if (url === "/api/auth/sign-up/email") {
        ({ password } = body);
        send(200, {}, { "set-cookie": "session=it-is-me; Path=/; HttpOnly" });
      } else if (password === undefined || request.headers.cookie !== "session=it-is-me") {
        send(401);
      } else if (url === "/api/auth/delete-user") {
        const right = body.password === password;
        if (right) password = undefined;
        send(right ? 200 : 400);
      } else if (method === "POST") {
        tasks.set("t1", keeps ? (body.title ?? "") : "something else");
        send(201, { id: "t1" });
      } else if (method === "DELETE") send(tasks.delete(id) ? 204 : 404);
      else send(tasks.has(id) ? 200 : 404, { title: tasks.get(id) });
    });
  };
}

describe("chart: scripts of the Helm tests", () => {
  it("health asks both services, and tries again until they are ready", async () => {
    const asked: string[] = [];
    const { server, url } = await serve((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(asked.length === 1 ? 503 : 200).end();
    });
    const { code, output } = await runScript("health", url);
    server.close();
    assert.equal(code, 0, output);
    assert.deepEqual(asked, ["/health/ready", "/health/ready", "/api/ready"]);
    assert.match(output, /trying again: .*expected 200, found 503/);
  });

  it("health fails in words when a service stays away", async () => {
    const { server, url } = await serve((_request, response) => {
      response.writeHead(503).end("database disconnected");
    });
    const { code, output } = await runScript("health", url, 1);
    server.close();
    assert.equal(code, 1);
    assert.match(output, /health\/ready: expected 200, found 503: database disconnected/);
  });

  it("tasks signs up, writes, reads and deletes a task, and closes the account", async () => {
    const asked: string[] = [];
    const { server, url } = await serve(taskApi(asked));
    const { code, output } = await runScript("tasks", url);
    server.close();
    assert.equal(code, 0, output);
    assert.deepEqual(asked, [
      "GET /api/tasks",
      "POST /api/auth/sign-up/email",
      "POST /api/tasks",
      "GET /api/tasks/t1",
      "DELETE /api/tasks/t1",
      "GET /api/tasks/t1",
      "POST /api/auth/delete-user",
      "GET /api/tasks",
    ]);
  });

  it("tasks fails when another task comes back, and still closes its account", async () => {
    const asked: string[] = [];
    const { server, url } = await serve(taskApi(asked, false));
    const { code, output } = await runScript("tasks", url);
    server.close();
    assert.equal(code, 1);
    assert.match(output, /expected "helm test .*", found "something else"/);
    assert.equal(asked.at(-1), "POST /api/auth/delete-user");
  });
});
