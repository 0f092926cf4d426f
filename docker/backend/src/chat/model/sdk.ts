// A module of its own: loaded late, and by name, which a late import of CommonJS itself can't be.
export { CohereClientV2 } from "cohere-ai";
