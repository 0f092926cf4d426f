import { Ajv, type Options } from "ajv";
import addFormats from "ajv-formats";
import type { FastifyInstance } from "fastify";

const isDate = addFormats.default.get("date") as { validate(text: string): boolean };

/** What PostgreSQL takes for a uuid: the standard's format also has "urn:uuid:" in front. */
export const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/i;

function create(options: Options): Ajv {
  // Says every mistake at once. The body limit bounds how much there can be to say.
  const ajv = new Ajv({ allErrors: true, useDefaults: true, ...options });
  addFormats.default(ajv, ["email"]);
  ajv.addFormat("uuid", UUID);
  // PostgreSQL's years begin with 1.
  ajv.addFormat("date", (text) => isDate.validate(text) && !text.startsWith("0000"));
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
