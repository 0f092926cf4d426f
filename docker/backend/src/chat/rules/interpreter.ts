import { MAX_TAGS, type NewTask, type TaskChange } from "../../tasks/schemas.ts";
import type {
  Action,
  Answer,
  CompletedCall,
  Memory,
  PendingQuestion,
  Question,
  RunTool,
  ToolCall,
} from "../types.ts";
import type { Command } from "./command.ts";
import { type Day, plusDays, today } from "./dates.ts";
import { parseCommand } from "./parse-command.ts";
import { describeErrors, describeSteps, formatCount, formatList, HELP_TEXT } from "./replies.ts";
import { parseTask } from "./task-description.ts";
import { findTasks, parsePositions } from "./task-reference.ts";

/** How many tasks of a group are deleted without a confirmation. */
const MAX_UNCONFIRMED_DELETES = 1;

/** How many sentences of a message are answered. */
const MAX_SENTENCES = 10;

/** Answers a question in plain English by rules, and makes the changes that it asks for. */
export async function answerByRules(question: Question, run: RunTool): Promise<Answer> {
  const { text, now, timeZone } = question;
  const day = today(now, timeZone);
  const texts: string[] = [];
  let { memory } = question;
  for (const sentence of splitSentences(text)) {
    const interpreter = new Interpreter(memory, run, day);
    const { text: answer, wanted } = await interpreter.answer(sentence);
    texts.push(answer);
    memory = { ...interpreter.memory, wanted };
  }
  return { text: texts.join("\n"), memory };
}

/** Splits a message at line breaks, semicolons and "then". */
function splitSentences(text: string): string[] {
  const parts = text
    .split(/\s*(?:\r?\n|;|[,.]? and then |\. then )\s*/i)
    .filter((part) => part.trim() !== "");
  return parts.length === 0 ? [text] : parts.slice(0, MAX_SENTENCES);
}

interface Reply {
  readonly text: string;
  readonly wanted: PendingQuestion | null;
}

const reply = (text: string, wanted: PendingQuestion | null = null): Reply => ({ text, wanted });

/** Answers one sentence. */
class Interpreter {
  /** What the next sentence can refer to. */
  memory: Memory;
  readonly #steps: CompletedCall[] = [];
  readonly #runTool: RunTool;
  readonly #day: Day;

  constructor(memory: Memory, runTool: RunTool, day: Day) {
    this.memory = memory;
    this.#runTool = runTool;
    this.#day = day;
  }

  /** Runs a tool and remembers the changed task, which the next sentence can call "it". */
  readonly #run: RunTool = async (call: ToolCall) => {
    const result = await this.#runTool(call);
    this.#steps.push({ ...call, result });
    const [first] = result.tasks;
    if (result.changed && first !== undefined) this.memory = { ...this.memory, focus: first.id };
    return result;
  };

  async answer(sentence: string): Promise<Reply> {
    const command = parseCommand(sentence, this.#day);
    const { wanted } = this.memory;
    if (wanted !== null) {
      const answer = await this.#resolve(wanted, command, sentence);
      if (answer !== undefined) return answer;
    }
    switch (command.kind) {
      case "help":
        return reply(HELP_TEXT);
      case "thanks":
        return reply("You're welcome.");
      case "yes":
      case "no":
        return reply("All right. What shall I do?");
      case "add":
        return this.#add(command.task);
      case "list":
        return this.#list(command);
      case "act":
        return this.#act(command.action, command.on);
      case "unknown":
        return this.#unknown(command.text);
    }
  }

  /** Handles the answer to a pending question. Returns undefined for any other sentence. */
  async #resolve(
    wanted: PendingQuestion,
    command: Command,
    sentence: string,
  ): Promise<Reply | undefined> {
    if (command.kind === "no") return reply("All right, I leave it as it is.");
    if (wanted.kind === "add" && command.kind === "yes") {
      return this.#add(parseTask(wanted.text, this.#day));
    }
    if (wanted.kind === "confirm" && command.kind === "yes") {
      return this.#perform(wanted.action, wanted.ids);
    }
    if (wanted.kind !== "which" || !["unknown", "list"].includes(command.kind)) return undefined;
    const text = sentence.trim().replace(/[.!?]+$/, "");
    const meant = /^(?:all|both|them all|all of them)$/i.test(text)
      ? this.memory.shown
      : parsePositions(text, this.memory.shown.length)?.map(
          (place) => this.memory.shown[place - 1],
        );
    if (meant !== undefined) {
      const ids = meant.filter((id) => id !== undefined);
      if (ids.length === meant.length) return this.#perform(wanted.action, ids);
      return reply(`There are only ${this.memory.shown.length} on the list. Which one?`, wanted);
    }
    return command.kind === "unknown" ? this.#act(wanted.action, text) : undefined;
  }

  async #add(task: NewTask | undefined): Promise<Reply> {
    if (task === undefined) return reply("What shall I add? For example: add buy milk tomorrow");
    const args = Object.fromEntries(Object.entries(task));
    const { ok, error } = await this.#run({ name: "add_task", args });
    return reply(ok ? this.#done() : `I couldn't add that: ${String(error)}.`);
  }

  async #list({ query, words, count }: Command & { kind: "list" }): Promise<Reply> {
    const args = Object.fromEntries(Object.entries(query));
    const { ok, error, tasks, more } = await this.#run({ name: "list_tasks", args });
    if (!ok) return reply(`I couldn't look that up: ${String(error)}.`);
    this.memory = { ...this.memory, shown: tasks.map(({ id }) => id) };
    if (tasks.length === 0) return reply(`You have no ${words}.`);
    const heading = `You have ${formatCount(tasks.length, words, more)}`;
    return reply(count ? `${heading}.` : `${heading}:\n${formatList(tasks, this.#day, more)}`);
  }

  async #act(action: Action, on: string): Promise<Reply> {
    const completed = action.do === "complete" ? !action.completed : undefined;
    const found = await findTasks(on, this.memory, this.#run, completed);
    if (found.kind === "none") return reply(found.why);
    if (found.kind === "several") {
      this.memory = { ...this.memory, shown: found.tasks.map(({ id }) => id) };
      const list = formatList(found.tasks, this.#day);
      return reply(`Which one do you mean?\n${list}`, { kind: "which", action });
    }
    const { ids } = found;
    if (action.do === "delete" && found.all && ids.length > MAX_UNCONFIRMED_DELETES) {
      const question = `Shall I delete these ${ids.length} tasks for good? Say yes or no.`;
      return reply(question, { kind: "confirm", action, ids });
    }
    return this.#perform(action, ids);
  }

  async #perform(action: Action, ids: readonly string[]): Promise<Reply> {
    const errors: string[] = [];
    for (const id of ids) {
      const { ok, error } = await this.#run(await this.#call(action, id));
      if (!ok) errors.push(String(error));
    }
    const parts = [this.#done(), ...describeErrors(errors)];
    return reply(parts.filter((part) => part !== "").join("\n"));
  }

  async #call(action: Action, id: string): Promise<ToolCall> {
    if (action.do === "delete") return { name: "delete_task", args: { id } };
    if (action.do === "complete") {
      return { name: "complete_task", args: { id, completed: action.completed } };
    }
    return { name: "update_task", args: { id, ...(await this.#change(action, id)) } };
  }

  /** Returns a change. Where it depends on the task's current state, a tool reads that. */
  async #change(action: Action & { do: "update" | "shift" }, id: string): Promise<TaskChange> {
    if (action.do === "update" && action.tags === undefined) return action.change;
    const { tasks } = await this.#run({ name: "list_tasks", args: { ids: [id] } });
    const [task] = tasks;
    if (action.do === "shift")
      return { dueDate: plusDays(task?.dueDate ?? this.#day, action.days) };
    const { add = [], remove = [] } = action.tags ?? {};
    const kept = (task?.tags ?? []).filter((tag) => !remove.includes(tag) && !add.includes(tag));
    return { ...action.change, tags: [...kept, ...add].slice(0, MAX_TAGS) };
  }

  #unknown(text: string): Reply {
    const task = parseTask(text, this.#day);
    const words = text.split(" ").length;
    if (task === undefined || words < 2 || words > 20) {
      return reply(`I didn't understand that.\n\n${HELP_TEXT}`);
    }
    const question = `I'm not sure what you mean. Shall I add “${task.title}” to your list? Say yes or no.`;
    return reply(question, { kind: "add", text });
  }

  #done(): string {
    return describeSteps(this.#steps, this.#day);
  }
}
