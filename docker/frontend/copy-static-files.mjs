// `next build` omits the static files from the standalone output, for deployments that serve them
// from a CDN. Here the standalone server itself serves them.
import { cpSync } from "node:fs";

cpSync(".next/static", ".next/standalone/.next/static", { recursive: true });
