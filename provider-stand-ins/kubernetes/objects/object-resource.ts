import type { ResourceKind } from "../../protocol/provider";
import type { Connection } from "../connection";
import { checkObject } from "./check-object";
import { createObject } from "./create-object";
import { deleteObject } from "./delete-object";
import { diffObject } from "./diff-object";
import type { ObjectKind } from "./object-kinds";
import { readObject } from "./read-object";
import { updateObject } from "./update-object";

/** Returns the resource of one kind of object. */
export function objectResource(connection: Connection, kind: ObjectKind): ResourceKind {
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
