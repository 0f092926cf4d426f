import { randomBytes } from "node:crypto";

/** What a new stack is asked for, key by key of its configuration. */
export interface Question {
  key: "environment" | "context" | "namespace" | "nodePort" | SecretKey;
  text: string;
  /** What an empty answer means; undefined: an answer is needed. */
  fallback: string | undefined;
  secret: boolean;
}

type SecretKey = "databaseUrl" | "betterAuthSecret" | "jwtSecret" | "cohereApiKey";

/** An empty answer that is taken for this draws a secret. */
export const drawn = "a random one";

/** The questions of every stack, in their order. */
export function plainQuestions(name: string): Question[] {
  return [
    {
      key: "environment",
      text: "development (secrets and a database are made) or production",
      fallback: "development",
      secret: false,
    },
    { key: "context", text: "Context of the kubeconfig", fallback: "minikube", secret: false },
    { key: "namespace", text: "Namespace", fallback: `todo-app-${name}`, secret: false },
    { key: "nodePort", text: "NodePort of the page", fallback: "30080", secret: false },
  ];
}

/** The secrets: production asks for each that it needs, development for none but the model's key. */
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
      fallback: drawn,
      secret: true,
    },
    { key: "jwtSecret", text: "Secret that signs the tokens", fallback: drawn, secret: true },
    cohere,
  ];
}

/** What an answer to a question about a secret sets; undefined: nothing. */
export function secretOf({ fallback }: Question, answer: string): string | undefined {
  if (answer !== "") return answer;
  return fallback === drawn ? randomBytes(36).toString("base64url") : undefined;
}

/** The stack's plain configuration, without what is a default anyway. */
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
