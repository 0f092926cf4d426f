// A separate module so that the SDK is loaded with the first question: a dynamic import of its
// CommonJS file would have no named exports.
export { CohereClientV2 } from "cohere-ai";
