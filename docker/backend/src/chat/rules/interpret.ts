import type { TaskChange } from "../../tasks/task.ts";
import type {
  Action,
  Answer,
  Memory,
  Performed,
  Question,
  RunTool,
  ToolCall,
  Wanted,
} from "../types.ts";
import { readCommand } from "./command.ts";
import { type Day, plusDays, today as dayOf } from "./days.ts";
import { describeTask } from "./details.ts";
import type { Command } from "./reader.ts";
import { findTasks, readPositions } from "./reference.ts";
import { HELP, sayCount, sayDone, sayFailed, sayList } from "./words.ts";

/** How many tasks may go at once without a question. */
const DELETE_UNASKED = 1;

/** Understands plain English, by rules, and does what it says. Works without any model. */
export async function interpret(question: Question, run: RunTool): Promise<Answer> {
  const { text, now, timeZone } = question;
  const day = dayOf(now, timeZone);
  const texts: string[] = [];
  let { memory } = question;
  for (const sentence of sentences(text)) {
    const interpreter = new Interpreter(memory, run, day);
    const { text: said, wanted } = await interpreter.answer(sentence);
    texts.push(said);
    memory = { ...interpreter.memory, wanted };
  }
  return { text: texts.join("\n"), memory };
}

/** Several orders at once: one a line, or with "then" between them. */
function sentences(text: string): string[] {
  const parts = text
    .split(/\s*(?:\r?\n|;|[,.]? and then |\. then )\s*/i)
    .filter((part) => part.trim() !== "");
  return parts.length === 0 ? [text] : parts.slice(0, 10);
}

interface Said {
  readonly text: string;
  readonly wanted: Wanted | null;
}

const say = (text: string, wanted: Wanted | null = null): Said => ({ text, wanted });

class Interpreter {
  memory: Memory;
  readonly #steps: Performed[] = [];
  readonly #runTool: RunTool;
  readonly #day: Day;

  constructor(memory: Memory, runTool: RunTool, day: Day) {
    this.memory = memory;
    this.#runTool = runTool;
    this.#day = day;
  }

  /** Runs a tool, and remembers what it showed: the next sentence may speak of it. */
  readonly #run: RunTool = async (call: ToolCall) => {
    const result = await this.#runTool(call);
    this.#steps.push({ ...call, result });
    const [first] = result.tasks;
    if (result.changed && first !== undefined) this.memory = { ...this.memory, focus: first.id };
    return result;
  };

  async answer(sentence: string): Promise<Said> {
    const command = readCommand(sentence, this.#day);
    const { wanted } = this.memory;
    if (wanted !== null) {
      const answer = await this.#resolve(wanted, command, sentence);
      if (answer !== undefined) return answer;
    }
    switch (command.kind) {
      case "help":
        return say(HELP);
      case "thanks":
        return say("You're welcome.");
      case "yes":
      case "no":
        return say("All right. What shall I do?");
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

  /** What was asked back may be answered now; undefined when this is about something else. */
  async #resolve(wanted: Wanted, command: Command, sentence: string): Promise<Said | undefined> {
    if (command.kind === "no") return say("All right, I leave it as it is.");
    if (wanted.kind === "add" && command.kind === "yes") {
      return this.#add(describeTask(wanted.text, this.#day));
    }
    if (wanted.kind === "confirm" && command.kind === "yes") {
      return this.#perform(wanted.action, wanted.ids);
    }
    if (wanted.kind !== "which" || !["unknown", "list"].includes(command.kind)) return undefined;
    const text = sentence.trim().replace(/[.!?]+$/, "");
    const meant = /^(?:all|both|them all|all of them)$/i.test(text)
      ? this.memory.shown
      : readPositions(text, this.memory.shown.length)?.map((place) => this.memory.shown[place - 1]);
    if (meant !== undefined) {
      const ids = meant.filter((id) => id !== undefined);
      if (ids.length === meant.length) return this.#perform(wanted.action, ids);
      return say(`There are only ${this.memory.shown.length} on the list. Which one?`, wanted);
    }
    return command.kind === "unknown" ? this.#act(wanted.action, text) : undefined;
  }

  async #add(task: ReturnType<typeof describeTask>): Promise<Said> {
    if (task === undefined) return say("What shall I add? For example: add buy milk tomorrow");
    const args = Object.fromEntries(Object.entries(task));
    const { ok, error } = await this.#run({ name: "add_task", args });
    return say(ok ? this.#done() : `I couldn't add that: ${String(error)}.`);
  }

  async #list({ query, words, count }: Command & { kind: "list" }): Promise<Said> {
    const args = Object.fromEntries(Object.entries(query));
    const { ok, error, tasks, more } = await this.#run({ name: "list_tasks", args });
    if (!ok) return say(`I couldn't look that up: ${String(error)}.`);
    this.memory = { ...this.memory, shown: tasks.map(({ id }) => id) };
    if (tasks.length === 0) return say(`You have no ${words}.`);
    const heading = `You have ${sayCount(tasks.length, words, more)}`;
    return say(count ? `${heading}.` : `${heading}:\n${sayList(tasks, this.#day, more)}`);
  }

  async #act(action: Action, on: string): Promise<Said> {
    const completed = action.do === "complete" ? !action.completed : undefined;
    const found = await findTasks(on, this.memory, this.#run, completed);
    if (found.kind === "none") return say(found.why);
    if (found.kind === "several") {
      this.memory = { ...this.memory, shown: found.tasks.map(({ id }) => id) };
      const list = sayList(found.tasks, this.#day);
      return say(`Which one do you mean?\n${list}`, { kind: "which", action });
    }
    const { ids } = found;
    if (action.do === "delete" && found.all && ids.length > DELETE_UNASKED) {
      const question = `Shall I delete these ${ids.length} tasks for good? Say yes or no.`;
      return say(question, { kind: "confirm", action, ids });
    }
    return this.#perform(action, ids);
  }

  async #perform(action: Action, ids: readonly string[]): Promise<Said> {
    const errors: string[] = [];
    for (const id of ids) {
      const { ok, error } = await this.#run(await this.#call(action, id));
      if (!ok) errors.push(String(error));
    }
    const parts = [this.#done(), ...sayFailed(errors)];
    return say(parts.filter((part) => part !== "").join("\n"));
  }

  async #call(action: Action, id: string): Promise<ToolCall> {
    if (action.do === "delete") return { name: "delete_task", args: { id } };
    if (action.do === "complete") {
      return { name: "complete_task", args: { id, completed: action.completed } };
    }
    return { name: "update_task", args: { id, ...(await this.#change(action, id)) } };
  }

  /** A change that depends on what the task is now. It is read by a tool, which is noted like any other. */
  async #change(action: Action & { do: "update" | "shift" }, id: string): Promise<TaskChange> {
    if (action.do === "update" && action.tags === undefined) return action.change;
    const { tasks } = await this.#run({ name: "list_tasks", args: { ids: [id] } });
    const [task] = tasks;
    if (action.do === "shift")
      return { dueDate: plusDays(task?.dueDate ?? this.#day, action.days) };
    const { add = [], remove = [] } = action.tags ?? {};
    const kept = (task?.tags ?? []).filter((tag) => !remove.includes(tag) && !add.includes(tag));
    return { ...action.change, tags: [...kept, ...add].slice(0, 20) };
  }

  #unknown(text: string): Said {
    const task = describeTask(text, this.#day);
    const words = text.split(" ").length;
    if (task === undefined || words < 2 || words > 20) {
      return say(`I didn't understand that.\n\n${HELP}`);
    }
    const question = `I'm not sure what you mean. Shall I add “${task.title}” to your list? Say yes or no.`;
    return say(question, { kind: "add", text });
  }

  #done(): string {
    return sayDone(this.#steps, this.#day);
  }
}
