import { randomBytes } from "node:crypto";

/** A question about a new stack, for one key of its configuration. */
export interface Question {
  key: "environment" | "context" | "namespace" | "nodePort" | SecretKey;
  text: string;
  /** The meaning of an empty answer; undefined: an answer is required. */
  fallback: string | undefined;
  secret: boolean;
}

type SecretKey = "databaseUrl" | "betterAuthSecret" | "jwtSecret" | "cohereApiKey";

/** The fallback of a secret that is generated where the answer is empty. */
export const RANDOM_SECRET = "a random one";

/** Returns the questions of every stack, in their order. */
export function plainQuestions(name: string): Question[] {
  return [
    {
      key: "environment",
      text: "development (secrets and a database are created) or production",
      fallback: "development",
      secret: false,
    },
    { key: "context", text: "Context of the kubeconfig", fallback: "minikube", secret: false },
    { key: "namespace", text: "Namespace", fallback: `todo-app-${name}`, secret: false },
    { key: "nodePort", text: "NodePort of the page", fallback: "30080", secret: false },
  ];
}

/** Returns the questions about secrets: in production all that it needs, in development the model's key. */
export function secretQuestions(environment: string): Question[] {
  const cohere: Question = {
    key: "cohereApiKey",
    text: "Key of the Cohere API",
    fallback: "none: the chat answers by rules",
    secret: true,
  };
  if (environment !== "production") return [cohere];
  return [
    {
      key: "databaseUrl",
      text: "PostgreSQL URL (postgresql://user:password@host/database)",
      fallback: undefined,
      secret: true,
    },
    {
      key: "betterAuthSecret",
      text: "Secret that signs the sessions",
      fallback: RANDOM_SECRET,
      secret: true,
    },
    {
      key: "jwtSecret",
      text: "Secret that signs the tokens",
      fallback: RANDOM_SECRET,
      secret: true,
    },
    cohere,
  ];
}

/** Returns the value that an answer sets for a secret; undefined: none. */
export function secretOf({ fallback }: Question, answer: string): string | undefined {
  if (answer !== "") return answer;
  return fallback === RANDOM_SECRET ? randomBytes(36).toString("base64url") : undefined;
}

/** Returns the stack's plain configuration, without values that equal the default. */
export function configOf(answers: Readonly<Record<string, string>>): Record<string, unknown> {
  const { environment, context, namespace, nodePort } = answers;
  const port = Number(nodePort);
  return {
    ...(environment !== "development" && { environment }),
    ...(context !== "minikube" && { context }),
    namespace,
    ...(port !== 30080 && {
      frontend: { service: { nodePort: Number.isInteger(port) ? port : nodePort } },
    }),
  };
}
