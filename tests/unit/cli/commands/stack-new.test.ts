import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parse } from "yaml";
import { detectTools } from "../../../../cli/environment/detect/detect-tools";
import { createPlan } from "../../../../cli/preview/plan";
import { copyOfProgram } from "../../../support/copy";
import type { Folder } from "../../../support/folder";
import { ROOT } from "../../../support/stacks";

const URL = "postgresql://neon:hush-database@ep-1.neon.example:6543/todo?sslmode=require";

describe("stack:new: the command, with the real Pulumi", function () {
  this.timeout(120_000);
  let program: Folder;
  let env: NodeJS.ProcessEnv;
  let isCopied = false;
  before(async function () {
    const environment = await detectTools(ROOT);
    env = environment.env;
    if (environment.tools.pulumi === undefined) {
      console.log("      skipped: no pulumi on this machine yet; `npm run up` installs one");
      this.skip();
    }
    program = copyOfProgram("cli", "offline", "provider-stand-ins");
    isCopied = true;
    mkdirSync(program.file("state"));
  });
  after(() => {
    if (isCopied) program.remove();
  });

  function make(name: string, ...answers: string[]) {
    const state = pathToFileURL(program.file("state")).href;
    return spawnSync(process.execPath, ["--import", "tsx", "cli/main.ts", "stack:new", name], {
      cwd: program.path,
      encoding: "utf8",
      input: `${answers.join("\n")}\n`,
      env: { ...env, PULUMI_BACKEND_URL: state, PULUMI_CONFIG_PASSPHRASE: "a passphrase" },
    });
  }
  const read = (name: string) => readFileSync(program.file(`Pulumi.${name}.yaml`), "utf8");

  it("writes the stack's file with its secrets encrypted, and its plan keeps every policy", async () => {
    const { status, stdout, stderr } = make(
      "staging",
      ...["production", "", "", "30091", URL, "", "", "hush-cohere"],
    );
    assert.equal(status, 0, stderr);
    assert.match(stdout, /Pulumi\.staging\.yaml is written/);
    const file = read("staging");
    assert.doesNotMatch(file + stdout + stderr, /hush/);
    const { config } = parse(file) as { config: Record<string, unknown> };
    for (const key of ["databaseUrl", "betterAuthSecret", "jwtSecret", "cohereApiKey"]) {
      const { secure } = config[`todo-chatbot:${key}`] as { secure: string };
      assert.match(secure, /^v1:/, key);
    }
    assert.equal(config["todo-chatbot:environment"], "production");
    assert.equal(config["todo-chatbot:namespace"], "todo-app-staging");
    const { placeholders, violations, resources } = await createPlan(program.path, "staging");
    assert.deepEqual([placeholders, violations], [[], []]);
    const [service] = resources.filter(({ name }) => name === "frontend-service");
    assert.match(JSON.stringify(service?.inputs), /"nodePort":30091/);
  });

  it("refuses a stack that has a file, and leaves it as it is", () => {
    const before = read("dev");
    const { status, stderr, stdout } = make("dev");
    assert.equal(status, 1);
    assert.match(stdout + stderr, /There is a Pulumi\.dev\.yaml already/);
    assert.equal(read("dev"), before);
  });

  it("names what is wrong with the answers, and writes nothing", () => {
    const { status, stderr, stdout } = make("wrong", "", "", "Not_A_Name", "80", "");
    assert.equal(status, 1);
    assert.match(stdout + stderr, /Stack wrong: 2 settings are wrong:/);
    assert.match(stdout + stderr, /Start again with other answers; nothing has been written\./);
    assert.ok(!existsSync(program.file("Pulumi.wrong.yaml")));
  });
});
