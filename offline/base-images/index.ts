export { nodeBaseImage } from "./node";
export { postgresBaseImage } from "./postgres";
