/** Addresses of databases that the backend and its client accept, or that they refuse. */
export const databaseUrls: readonly string[] = [
  "postgresql://u:p@host/db",
  "postgres://u:p@host:6543/db?sslmode=require",
  "postgresql://host/db",
  "postgresql://u@[2001:db8::1]:5433/db",
  "postgresql://u:p@host/my%20db",
  "postgresql://u:p%40%2F%25@host/db",
  "postgresql://u:p%C3%A4@host/db",
  "postgresql://u:100%@host/db",
  "postgresql://u:p%zz@host/db",
  "postgresql://u:p%2@host/db",
  "postgresql://u%:p@host/db",
  "postgresql://u:p@host/db?host=other&port=6432",
  "postgresql:///db?host=other",
  "postgresql://u:p%E0%A4@host/db",
  "postgresql://u:p%80@host/db",
  "postgresql://u:p@host/d%b",
  "postgresql://u:p@host/d%E0%A4",
  "postgresql://u:p@host",
  "postgresql://u:p@host/",
  "postgresql://u:p@host?sslmode=require",
  "postgresql://",
  "postgresql:///db",
  "postgresql://u:p@host:port/db",
  "postgresql://u:p@host:99999/db",
  "mysql://u:p@host/db",
  "host=localhost dbname=todo",
];

/** Addresses that the client takes, and that lead to no database from a pod. */
export const unreachableUrls: readonly string[] = [
  "postgresql://%2Fvar%2Frun%2Fpostgresql/db",
  "postgresql://u:p@host:0/db",
  "postgresql://u:p@host/db?port=abc",
  // It takes %5A as it is, because of the single % after it.
  "postgresql://u:%5Aa%-@host/db",
];
