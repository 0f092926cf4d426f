import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import { secrets, startApp, type TestApp } from "./support/app.ts";
import { Browser, createCaller } from "./support/http-client.ts";
import { postgres } from "./support/mocha-setup.ts";

const SAMPLE_PASSWORD = "correct horse battery";
let people = 0;
const account = (): { name: string; email: string; password: string } => ({
  name: "Ada",
  email: `Person${(people += 1)}@Example.org`,
  password: SAMPLE_PASSWORD,
});

describe("accounts", () => {
  let app: TestApp;

  before(async () => {
    app = await startApp();
  });
  after(() => app.close());

  const signUp = async (given = account()): Promise<Browser> => {
    const browser = new Browser(app.origin);
    const { status, body } = await browser.call("POST", "/api/auth/sign-up/email", given);
    assert.equal(status, 200, JSON.stringify(body));
    return browser;
  };

  it("sign up, which signs in with an HttpOnly cookie", async () => {
    const given = account();
    const browser = new Browser(app.origin);
    const answer = await browser.call("POST", "/api/auth/sign-up/email", given);
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
    const user = answer.body.user as Record<string, unknown>;
    assert.deepEqual([user.name, user.email], ["Ada", given.email.toLowerCase()]);
    const [cookie = ""] = answer.headers.getSetCookie();
    assert.match(cookie, /^better-auth\.session_token=.*; Path=\/; HttpOnly; SameSite=Lax$/);
    assert.equal(answer.headers.get("cache-control"), "no-store");
    const me = await browser.call("GET", "/api/me");
    assert.deepEqual(
      [me.status, me.body.user],
      [200, { id: user.id, name: "Ada", email: user.email, createdAt: user.createdAt }],
    );
    const session = await browser.call("GET", "/api/auth/get-session");
    assert.deepEqual((session.body.user as Record<string, unknown>).id, user.id);
  });

  it("make the cookie Secure only when the address is https", async () => {
    const https = await startApp({ config: { publicUrl: "https://todo.example" } });
    try {
      const answer = await https.anonymous("POST", "/api/auth/sign-up/email", account());
      assert.equal(answer.status, 200);
      assert.match(
        answer.headers.getSetCookie()[0] ?? "",
        /^__Secure-better-auth\.session_token=.*; HttpOnly; Secure; SameSite=Lax$/,
      );
    } finally {
      await https.close();
    }
  });

  it("sign out and in again", async () => {
    const given = account();
    const browser = await signUp(given);
    const { cookie } = browser;
    assert.equal((await browser.call("POST", "/api/auth/sign-out")).status, 200);
    assert.equal(browser.cookie, "");
    assert.equal((await browser.call("GET", "/api/me")).status, 401);
    assert.equal((await createCaller(app.origin, { cookie })("GET", "/api/me")).status, 401);
    const { email, password } = given;
    const again = await browser.call("POST", "/api/auth/sign-in/email", { email, password });
    assert.equal(again.status, 200);
    assert.equal((await browser.call("GET", "/api/me")).status, 200);
  });

  it("answer a wrong password and an unknown address with the same message", async () => {
    const given = account();
    await signUp(given);
    const wrong = { email: given.email, password: "not the password" };
    const unknown = { email: "nobody@example.org", password: SAMPLE_PASSWORD };
    const [one, two] = await Promise.all(
      [wrong, unknown].map((body) => app.anonymous("POST", "/api/auth/sign-in/email", body)),
    );
    assert.equal(one?.status, 401);
    assert.match(one.headers.get("content-type") ?? "", /problem\+json/);
    assert.equal(one.body.code, "INVALID_EMAIL_OR_PASSWORD");
    assert.deepEqual([two?.status, two?.body.detail], [401, one.body.detail]);
  });

  it("refuse an address that has an account, and an invalid address", async () => {
    const given = account();
    await signUp(given);
    const twice = await app.anonymous("POST", "/api/auth/sign-up/email", given);
    assert.deepEqual(
      [twice.status, twice.body.code],
      [422, "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"],
    );
    const bad = await app.anonymous("POST", "/api/auth/sign-up/email", {
      name: " ",
      email: "nowhere",
      password: "short",
      admin: true,
    });
    assert.equal(bad.status, 400);
    assert.deepEqual(
      (bad.body.errors as { pointer: string }[]).map(({ pointer }) => pointer),
      ["/admin", "/name", "/email", "/password"],
    );
  });

  it("change the password, which can end all other sessions", async () => {
    const given = account();
    const [browser, other] = [await signUp(given), new Browser(app.origin)];
    const { email, password } = given;
    await other.call("POST", "/api/auth/sign-in/email", { email, password });
    const change = {
      currentPassword: password,
      newPassword: "another one",
      revokeOtherSessions: true,
    };
    const wrong = { ...change, currentPassword: "not it at all" };
    const refused = await browser.call("POST", "/api/auth/change-password", wrong);
    assert.deepEqual([refused.status, refused.body.code], [400, "INVALID_PASSWORD"]);
    assert.equal((await browser.call("POST", "/api/auth/change-password", change)).status, 200);
    assert.equal((await browser.call("GET", "/api/me")).status, 200);
    assert.equal((await other.call("GET", "/api/me")).status, 401);
  });

  /** Adds a task and a conversation to an account. Returns the user's id. */
  const fill = async (browser: Browser): Promise<string> => {
    for (const [path, title] of [
      ["/api/tasks", "keep this"],
      ["/api/chat/sessions", "and that"],
    ] as const) {
      assert.equal((await browser.call("POST", path, { title })).status, 201);
    }
    return ((await browser.call("GET", "/api/me")).body.user as { id: string }).id;
  };

  /** Returns everything of an account that another user could affect. */
  const belongings = async (browser: Browser): Promise<unknown[]> => {
    const paths = ["/api/me", "/api/tasks", "/api/chat/sessions"];
    const answers = await Promise.all(paths.map((path) => browser.call("GET", path)));
    return answers.map(({ status, body }) => [status, body]);
  };

  const newPassword = "another one";
  const changed = { currentPassword: SAMPLE_PASSWORD, newPassword, revokeOtherSessions: true };
  // The request, and the account after it: the status of GET /api/me, the name, the password.
  for (const [path, body, [me, name, password]] of [
    ["update-user", { name: "Grace" }, [200, "Grace", SAMPLE_PASSWORD]],
    ["change-password", changed, [200, "Ada", newPassword]],
    ["revoke-sessions", undefined, [401, undefined, SAMPLE_PASSWORD]],
    ["delete-user", { password: SAMPLE_PASSWORD }, [401, undefined, undefined]],
  ] as const) {
    it(`don't affect another account: ${path}`, async () => {
      const [mine, theirs] = [account(), account()];
      // The same password and the same name: only the session tells the accounts apart.
      const [browser, other] = await Promise.all([signUp(mine), signUp(theirs)]);
      await Promise.all([fill(browser), fill(other)]);
      const signIn = async (as: Browser, email: string, word: string): Promise<number> => {
        const given = { email, password: word };
        return (await as.call("POST", "/api/auth/sign-in/email", given)).status;
      };
      const second = new Browser(app.origin);
      assert.equal(await signIn(second, theirs.email, SAMPLE_PASSWORD), 200);
      const before = await belongings(other);
      assert.match(JSON.stringify(before), /"name":"Ada".*keep this.*and that/);
      assert.equal((await browser.call("POST", `/api/auth/${path}`, body)).status, 200);
      const after = await browser.call("GET", "/api/me");
      assert.deepEqual(
        [after.status, (after.body.user as typeof mine | undefined)?.name],
        [me, name],
      );
      for (const word of [SAMPLE_PASSWORD, newPassword]) {
        const status = word === password ? 200 : 401;
        assert.equal(await signIn(new Browser(app.origin), mine.email, word), status);
      }
      assert.deepEqual(await belongings(other), before);
      assert.deepEqual(await belongings(second), before);
      assert.equal(await signIn(new Browser(app.origin), theirs.email, SAMPLE_PASSWORD), 200);
    });
  }

  it("are deleted with everything in them", async () => {
    const given = account();
    const browser = await signUp(given);
    const { token } = (await browser.call("POST", "/api/token")).body;
    const id = await fill(browser);
    const session = String((await browser.call("POST", "/api/chat/sessions", {})).body.id);
    const message = { id: randomUUID(), content: "list" };
    await browser.call("POST", `/api/chat/sessions/${session}/messages`, message);
    const other = await signUp();
    await fill(other);
    const before = await belongings(other);
    const wrong = await browser.call("POST", "/api/auth/delete-user", { password: "not it" });
    assert.equal(wrong.status, 400);
    const { password } = given;
    assert.equal((await browser.call("POST", "/api/auth/delete-user", { password })).status, 200);
    assert.equal((await browser.call("GET", "/api/me")).status, 401);
    const counts = `select (select count(*) from users where id = '${id}')
      + (select count(*) from auth_sessions where user_id = '${id}')
      + (select count(*) from auth_accounts where user_id = '${id}')
      + (select count(*) from tasks where user_id = '${id}')
      + (select count(*) from chat_sessions where user_id = '${id}')
      + (select count(*) from agent_state where session_id = '${session}')
      + (select count(*) from chat_messages where session_id = '${session}') as left`;
    const { rows } = await postgres().admin(counts, app.databaseUrl);
    assert.deepEqual(rows, [{ left: "0" }]);
    // No task has lost its owner, which would hide it.
    const stray = "select from tasks where user_id is null";
    assert.equal((await postgres().admin(stray, app.databaseUrl)).rowCount, 0);
    assert.deepEqual(await belongings(other), before);
    // The token is still valid for some minutes, but its user is gone.
    const late = createCaller(app.origin, { authorization: `Bearer ${String(token)}` });
    assert.deepEqual((await late("GET", "/api/tasks")).body.tasks, []);
    assert.equal((await late("POST", "/api/tasks", { title: "x" })).status, 401);
    assert.equal((await late("GET", "/api/me")).status, 401);
  });

  it("expose no endpoints of Better Auth that this application doesn't use", async () => {
    for (const path of ["/ok", "/error", "/list-sessions", "/request-password-reset"]) {
      for (const method of ["GET", "POST"]) {
        assert.equal((await app.anonymous(method, `/api/auth${path}`)).status, 404, path);
      }
    }
  });

  describe("tokens", () => {
    it("are created for a session and identify its user", async () => {
      const browser = await signUp();
      await browser.call("POST", "/api/tasks", { title: "mine" });
      const { status, body } = await browser.call("POST", "/api/token");
      assert.deepEqual([status, body.tokenType, body.expiresIn], [200, "Bearer", 900]);
      const program = createCaller(app.origin, { authorization: `Bearer ${String(body.token)}` });
      const { tasks } = (await program("GET", "/api/tasks")).body as { tasks: { title: string }[] };
      assert.deepEqual(
        tasks.map(({ title }) => title),
        ["mine"],
      );
      assert.equal((await program("POST", "/api/token")).status, 403);
      assert.equal((await program("POST", "/api/auth/revoke-sessions")).status, 403);
    });

    const sign = (secret: string, change: (token: SignJWT) => SignJWT = (token) => token) => {
      const token = new SignJWT().setProtectedHeader({ alg: "HS256" }).setIssuedAt();
      token.setSubject("00000000-0000-4000-8000-000000000000").setExpirationTime("5 m");
      token.setIssuer("todo-chatbot-api").setAudience("todo-chatbot-api");
      return change(token).sign(new TextEncoder().encode(secret));
    };
    const none = `${Buffer.from('{"alg":"none"}').toString("base64url")}.e30.`;
    for (const [what, token] of [
      ["another secret", () => sign("another-secret-that-is-long-enough-to-be-one")],
      ["the cookies' secret", () => sign(secrets.authSecret)],
      ["an end in the past", () => sign(secrets.jwtSecret, (t) => t.setExpirationTime(1000))],
      ["another audience", () => sign(secrets.jwtSecret, (t) => t.setAudience("another"))],
      ["no signature", () => Promise.resolve(none)],
      ["no structure", () => Promise.resolve("nonsense")],
    ] as const) {
      it(`are refused with ${what}, even together with a valid cookie`, async () => {
        const browser = await signUp();
        const authorization = `Bearer ${await token()}`;
        const answer = await browser.call("GET", "/api/tasks", undefined, { authorization });
        assert.equal(answer.status, 401);
        assert.equal(answer.headers.get("www-authenticate"), "Bearer");
      });
    }

    it("are accepted when they are valid", async () => {
      const authorization = `Bearer ${await sign(secrets.jwtSecret)}`;
      assert.equal(
        (await createCaller(app.origin, { authorization })("GET", "/api/tasks")).status,
        200,
      );
    });
  });
});
