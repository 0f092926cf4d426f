import { randomBytes } from "node:crypto";
import { UNKNOWN } from "../protocol/values";
import type { Generator } from "./generated-resource";

/** The generator of `random.RandomId`: random bytes in four notations. */
export const randomId: Generator = {
  title: "RandomId",
  properties: ["byteLength", "prefix", "keepers"],
  defaults: {},
  validate({ byteLength }) {
    if (typeof byteLength === "number" && Number.isInteger(byteLength) && byteLength >= 1)
      return [];
    const reason = `found ${JSON.stringify(byteLength ?? null)}, expected a whole number of bytes, at least 1`;
    return [{ property: "byteLength", reason }];
  },
  generate({ byteLength, prefix }) {
    const bytes = randomBytes(Number(byteLength));
    const start = typeof prefix === "string" ? prefix : "";
    const id = bytes.toString("base64url");
    return {
      id,
      outputs: {
        b64Std: start + bytes.toString("base64"),
        b64Url: start + id,
        dec: start + BigInt(`0x${bytes.toString("hex")}`).toString(),
        hex: start + bytes.toString("hex"),
      },
    };
  },
  preview: { b64Std: UNKNOWN, b64Url: UNKNOWN, dec: UNKNOWN, hex: UNKNOWN },
};
