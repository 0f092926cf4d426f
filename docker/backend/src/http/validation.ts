import { Ajv, type Options } from "ajv";
import addFormats from "ajv-formats";
import type { FastifyInstance } from "fastify";

const formats = ["date", "email", "uuid"] as const;

function create(options: Options): Ajv {
  // Says every mistake at once. The body limit bounds how much there can be to say.
  const ajv = new Ajv({ allErrors: true, useDefaults: true, ...options });
  addFormats.default(ajv, [...formats]);
  return ajv;
}

/** Checks values that have types of their own: "false" is not false. */
export const strict = create({ coerceTypes: false });

/** Checks a query, where everything is text: "2" is 2, and one value makes a list. */
const lenient = create({ coerceTypes: "array" });

/** Has the parts of requests checked by their schemas. */
export function useValidation(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === "querystring" ? lenient : strict).compile(schema as object),
  );
}
