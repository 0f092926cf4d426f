import { proxy } from "../../../server/proxy.ts";
import { currentSettings } from "../../../server/start.ts";

/** Never answered from a cache, and never run while building. */
export const dynamic = "force-dynamic";

const handle = (request: Request): Promise<Response> => proxy(request, currentSettings());

export { handle as DELETE, handle as GET, handle as PATCH, handle as POST, handle as PUT };
