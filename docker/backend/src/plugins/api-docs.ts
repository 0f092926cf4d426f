import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import swagger from "@fastify/swagger";
import type { FastifyPluginCallback, FastifyReply } from "fastify";
import fp from "fastify-plugin";
import { SERVICE_NAME } from "../health/routes.ts";
import { packageFolder } from "../package-folder.ts";

/** The options of the OpenAPI description. */
export interface ApiDescriptionOptions {
  /** The version of the API. */
  readonly version: string;
}

/** Collects the schemas of all routes that are added later into an OpenAPI description. */
export const apiDescription = fp<ApiDescriptionOptions>(
  async (app, { version }) => {
    await app.register(swagger, {
      openapi: {
        openapi: "3.1.0",
        info: {
          title: SERVICE_NAME,
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
      // Public routes are the ones that the auth guard lets through.
      transform: ({ schema, url, route }) => {
        const open = route.config?.open === true;
        return { schema: open ? { ...schema, security: [] } : schema, url };
      },
    });
  },
  { name: "api-description" },
);

const PAGE_HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${SERVICE_NAME}</title>
<link rel="stylesheet" href="docs/swagger-ui.css">
</head>
<body><div id="ui"></div><script src="docs/swagger-ui-bundle.js"></script><script src="docs/start.js"></script></body>
</html>
`;

const START_SCRIPT = `SwaggerUIBundle({ url: "docs/openapi.json", dom_id: "#ui", deepLinking: true });
`;

// Allows the page's own files. Swagger UI also needs inline styles and data: images.
const CONTENT_SECURITY_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; " +
  "img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";

/**
 * The routes below /docs: the OpenAPI description, and Swagger UI to read it. (@fastify/swagger-ui
 * has more files, other paths, and reads them from next to its own source, which a bundle lacks.)
 */
export const apiDocsRoutes: FastifyPluginCallback = (app, _options, done) => {
  const { resolve } = createRequire(new URL("package.json", packageFolder));
  const folder = path.dirname(resolve("swagger-ui-dist/package.json"));
  const options = { config: { open: true }, schema: { hide: true } };
  const send = (reply: FastifyReply, type: string, body: string | Buffer): FastifyReply =>
    reply
      .header("content-security-policy", CONTENT_SECURITY_POLICY)
      .header("x-content-type-options", "nosniff")
      .header("cache-control", "max-age=300")
      .type(`${type}; charset=utf-8`)
      .send(body);
  const sendFile = async (reply: FastifyReply, name: string, type: string): Promise<FastifyReply> =>
    send(reply, type, await readFile(path.join(folder, name)));

  app.get("/docs", options, (_request, reply) => send(reply, "text/html", PAGE_HTML));
  app.get("/docs/start.js", options, (_request, reply) =>
    send(reply, "text/javascript", START_SCRIPT),
  );
  app.get("/docs/openapi.json", options, () => app.swagger());
  app.get("/docs/swagger-ui.css", options, (_request, reply) =>
    sendFile(reply, "swagger-ui.css", "text/css"),
  );
  app.get("/docs/swagger-ui-bundle.js", options, (_request, reply) =>
    sendFile(reply, "swagger-ui-bundle.js", "text/javascript"),
  );
  done();
};
