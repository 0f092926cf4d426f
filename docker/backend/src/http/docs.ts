import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifyReply } from "fastify";
import { ROOT } from "../root.ts";
import { SERVICE } from "./health.ts";

/** Starts to collect the routes' schemas; has to come before the routes. */
export async function collectDocs(app: FastifyInstance, version: string): Promise<void> {
  await app.register(swagger, {
    openapi: {
      openapi: "3.1.0",
      info: {
        title: SERVICE,
        version,
        description: "Every error is a problem (RFC 9457), as application/problem+json.",
        license: { name: "Apache-2.0", identifier: "Apache-2.0" },
      },
      tags: ["accounts", "tasks", "chat", "operation"].map((name) => ({ name })),
      components: {
        securitySchemes: {
          session: { type: "apiKey", in: "cookie", name: "better-auth.session_token" },
          token: { type: "http", scheme: "bearer", bearerFormat: "JWT" },
        },
      },
      security: [{ session: [] }, { token: [] }],
    },
    // Which routes ask nobody's name is known from what the guard goes by.
    transform: ({ schema, url, route }) => {
      const open = route.config?.open === true;
      return { schema: open ? { ...schema, security: [] } : schema, url };
    },
  });
}

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${SERVICE}</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body><div id="ui"></div><script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script></body>
</html>
`;

const START = `SwaggerUIBundle({ url: "docs/openapi.json", dom_id: "#ui", deepLinking: true });
`;

// The page's own files and no others; Swagger UI makes styles and small pictures as it goes.
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/** The routes of /docs: the description of the API, and Swagger UI to read it by. */
export function docsRoutes(app: FastifyInstance): void {
  const folder = path.dirname(
    createRequire(new URL("package.json", ROOT)).resolve("swagger-ui-dist/package.json"),
  );
  const options = { config: { open: true }, schema: { hide: true } };
  const send = (reply: FastifyReply, type: string, body: string | Buffer): FastifyReply =>
    reply
      .header("content-security-policy", POLICY)
      .header("x-content-type-options", "nosniff")
      .header("cache-control", "max-age=300")
      .type(`${type}; charset=utf-8`)
      .send(body);
  const file = async (reply: FastifyReply, name: string, type: string): Promise<FastifyReply> =>
    send(reply, type, await readFile(path.join(folder, name)));

  app.get("/docs", options, (_request, reply) => send(reply, "text/html", PAGE));
  app.get("/docs/start.js", options, (_request, reply) => send(reply, "text/javascript", START));
  app.get("/docs/openapi.json", options, () => app.swagger());
  app.get("/docs/swagger-ui.css", options, (_request, reply) =>
    file(reply, "swagger-ui.css", "text/css"),
  );
  app.get("/docs/swagger-ui-bundle.js", options, (_request, reply) =>
    file(reply, "swagger-ui-bundle.js", "text/javascript"),
  );
}
