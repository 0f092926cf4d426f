import type { Connection } from "../connection";
import type { ObjectKind } from "./object-kinds";

/** What an operation on an object acts on: a kind of object in a cluster. */
export interface ObjectTarget {
  connection: Connection;
  kind: ObjectKind;
}
