// Next.js leaves its static files out of the standalone output, for those who serve them from
// elsewhere. Here the same server serves them.
import { cpSync } from "node:fs";

cpSync(".next/static", ".next/standalone/.next/static", { recursive: true });
