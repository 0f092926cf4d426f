/** The resource behind each kind of object: its five operations, and what they share. */
import type { ResourceKind } from "../protocol/provider";
import { checkObject } from "./check";
import { createObject } from "./create";
import { deleteObject } from "./delete";
import { diffObject } from "./diff";
import type { ObjectKind } from "./kinds";
import type { Connection } from "./provider";
import { readObject } from "./read";
import { updateObject } from "./update";

/** The operations on objects of one kind. */
export function objectKind(connection: Connection, kind: ObjectKind): ResourceKind {
  const target = { connection, kind };
  return {
    check: (request) => checkObject(target, request),
    diff: (request) => diffObject(kind, connection.settings, request),
    create: (request) => createObject(target, request),
    update: (request) => updateObject(target, request),
    read: (request) => readObject(target, request),
    delete: (request) => deleteObject(target, request),
  };
}
