import { Ajv, type Options } from "ajv";
import addFormats from "ajv-formats";
import fp from "fastify-plugin";
import { uuidPattern } from "../lib/schemas.ts";

const isDate = addFormats.default.get("date") as { validate(text: string): boolean };

function createAjv(options: Options): Ajv {
  // Reports every error at once. The body limit bounds how many there can be.
  const ajv = new Ajv({ allErrors: true, useDefaults: true, ...options });
  addFormats.default(ajv, ["email"]);
  ajv.addFormat("uuid", uuidPattern);
  // PostgreSQL has no year 0.
  ajv.addFormat("date", (text) => isDate.validate(text) && !text.startsWith("0000"));
  return ajv;
}

/** Validates JSON without converting types: `"false"` is not a boolean. */
export const strictAjv: Ajv = createAjv({ coerceTypes: false });

/** Validates a query, in which every value is text: converts `"2"` to 2, and one value to a list. */
const queryAjv = createAjv({ coerceTypes: "array" });

/** Validates requests by their schemas, each compiled once when its route is added. */
export const validation = fp(
  (app, _options, done) => {
    app.setValidatorCompiler(({ schema, httpPart }) =>
      (httpPart === "querystring" ? queryAjv : strictAjv).compile(schema as object),
    );
    done();
  },
  { name: "validation" },
);
