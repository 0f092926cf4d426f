// Are both services ready, asked through their Services as any pod would?
for (const side of ["BACKEND", "FRONTEND"]) {
  const url = process.env[`${side}_URL`] + process.env[`${side}_READY_PATH`];
  await retry(`GET ${url}`, async () => expect(await ask(url), 200));
}
