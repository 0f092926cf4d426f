// A new user signs up, writes, reads and deletes a task, and closes the account again: through the
// frontend, and so through the whole chain to the database.
const { FRONTEND_URL, TASKS_PATH, SIGN_UP_PATH, DELETE_USER_PATH } = process.env;
const tasks = FRONTEND_URL + TASKS_PATH;
const title = `helm test ${new Date().toISOString()}`;
const password = crypto.randomUUID();
const json = { "content-type": "application/json" };

// Reading first: it can be tried again without leaving anything behind, writing can't.
await retry(`GET ${tasks} asks who is there`, async () => expect(await ask(tasks), 401));

const signedUp = expect(
  await ask(FRONTEND_URL + SIGN_UP_PATH, {
    method: "POST",
    headers: json,
    body: JSON.stringify({
      name: "helm test",
      email: `helm-test-${crypto.randomUUID()}@example.com`,
      password,
    }),
  }),
  200,
);
console.log("ok: signed up");
const cookie = signedUp.cookies.map((line) => line.split(";", 1)[0]).join("; ");
const headers = { ...json, cookie };

try {
  const body = JSON.stringify({ title });
  const created = expect(await ask(tasks, { method: "POST", headers, body }), 201);
  const task = `${tasks}/${JSON.parse(created.text).id}`;
  console.log(`ok: POST ${tasks}`);

  const found = JSON.parse(expect(await ask(task, { headers }), 200).text).title;
  if (found !== title) throw new Error(`GET ${task}: expected "${title}", found "${found}"`);
  console.log(`ok: GET ${task}`);

  expect(await ask(task, { method: "DELETE", headers: { cookie } }), 204);
  console.log(`ok: DELETE ${task}`);
  expect(await ask(task, { headers }), 404);
  console.log(`ok: ${task} is gone`);
} finally {
  const body = JSON.stringify({ password });
  expect(await ask(FRONTEND_URL + DELETE_USER_PATH, { method: "POST", headers, body }), 200);
  console.log("ok: the account is gone");
}
expect(await ask(tasks, { headers }), 401);
console.log("ok: and its session with it");
