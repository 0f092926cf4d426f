// A task is written, read and deleted through the frontend, so by the whole chain to the database.
const tasks = process.env.FRONTEND_URL + process.env.TASKS_PATH;
const title = `helm test ${new Date().toISOString()}`;

// Reading first: it can be tried again without leaving anything behind, writing can't.
await retry(`GET ${tasks}`, async () => expect(await ask(tasks), 200));

const created = expect(
  await ask(tasks, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title }),
  }),
  201,
);
const task = `${tasks}/${JSON.parse(created.text).id}`;
console.log(`ok: POST ${tasks}`);

try {
  const found = JSON.parse(expect(await ask(task), 200).text).title;
  if (found !== title) throw new Error(`GET ${task}: expected "${title}", found "${found}"`);
  console.log(`ok: GET ${task}`);
} finally {
  expect(await ask(task, { method: "DELETE" }), 204);
  console.log(`ok: DELETE ${task}`);
}

expect(await ask(task), 404);
console.log(`ok: ${task} is gone`);
