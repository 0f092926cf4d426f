export { AppImage, type AppImageArgs } from "./app-image";
export { appImageArgs } from "./app-image-args";
export { contentHash, type BuildInputs } from "./content-hash";
export { NodeImage, type NodeImageArgs } from "./node-image";
