/** Words that end the name of a secret. */
const secretWords = new Set([
  ...["secret", "password", "passwd", "pass", "passphrase", "pwd", "token", "jwt", "pat"],
  ...["credential", "credentials", "apikey", "privatekey", "secretkey", "accesskey", "authkey"],
]);

/** What makes a key a secret one: an API key, but no cache key and no public key. */
const beforeKey = new Set([
  ...["api", "private", "secret", "access", "auth", "encryption", "signing", "master", "account"],
  ...["app", "service", "deploy", "license", "shared", "session", "cookie", "hmac", "ssh"],
]);

/** Names without a separator before the word, such as PGPASSWORD. */
const ENDS_IN_SECRET = /(password|passwd|passphrase|secret|apikey|credentials)$/;

/** Words after the name of a secret that don't change what it is. */
const trailing = new Set(["base", "value", "raw", "b64", "base64", "old", "new", "previous"]);

/**
 * Whether a name is that of a secret. The last word tells: MAX_TOKENS is a number, TOKEN_TTL_SECONDS a time
 * and PASSWORD_FILE a path, while SMTP_PASS, npmToken and JWT_SECRET_KEY are secrets.
 */
export function isSecretName(name: string): boolean {
  const words = name
    .replaceAll(/([a-z\d])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .split(/[^a-z\d]+/)
    // PASSWORD1, TOKEN_2
    .map((word) => word.replace(/^(\D+)\d+$/, "$1"))
    .filter((word) => word !== "" && !/^\d+$/.test(word));
  while (words.length > 1 && trailing.has(words.at(-1) ?? "")) words.pop();
  const [before = "", last = ""] = words.slice(-2).length === 2 ? words.slice(-2) : ["", words[0]];
  // PWD alone is the working folder, and OLDPWD the one before.
  if (last === "pwd") return before !== "";
  if (last === "key") return beforeKey.has(before);
  return secretWords.has(last) || ENDS_IN_SECRET.test(last);
}

/** Values that are secrets whatever their name is, and what each is. */
const patterns: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/\b[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:(?!\$[({])[^\s/@]+@/i, "a URL with a password"],
  [
    /(^|[\s;&?,"'-])(password|passwd|pwd|passphrase|accountkey|sharedaccesskey|secret|token|access_token|api_?key)\s*=\s*(?!\$[({])[^\s;&]/i,
    "a password, key or token",
  ],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
];

/** Returns what makes a text a secret by itself; undefined where nothing does. */
export function secretIn(text: string): string | undefined {
  return patterns.find(([pattern]) => pattern.test(text))?.[1];
}
