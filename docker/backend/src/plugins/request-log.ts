import fp from "fastify-plugin";

/**
 * Logs one line for each request. It has the route's pattern and not the URL, because a URL can
 * hold text that a user typed.
 */
export const requestLog = fp(
  (app, _options, done) => {
    app.addHook("onResponse", (request, reply, next) => {
      const { method, routeOptions } = request;
      const ms = Math.round(reply.elapsedTime * 10) / 10;
      const { statusCode: status } = reply;
      request.log.info({ method, route: routeOptions.url, status, ms }, "request");
      next();
    });
    done();
  },
  { name: "request-log" },
);
