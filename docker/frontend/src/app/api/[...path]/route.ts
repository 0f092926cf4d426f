import { proxyToBackend } from "../../../server/backend-proxy.ts";
import { serverEnvironment } from "../../../server/environment.ts";

/** Disables caching and prerendering at build time. */
export const dynamic = "force-dynamic";

const handle = (request: Request): Promise<Response> =>
  proxyToBackend(request, serverEnvironment());

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
