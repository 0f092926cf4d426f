import type { Task } from "../../tasks/task.ts";
import { NO_TASK } from "../tools/run.ts";
import type { Performed } from "../types.ts";
import { type Day, sayDay } from "./days.ts";

/** What the rules can do, for the one who asks. */
export const HELP = `I keep your to-do list. You can say, for example:
- add buy milk tomorrow #shopping, high priority
- what is due this week?
- mark the second one done
- rename milk to oat milk
- move the dentist to next Friday
- delete the first one
- find invoices`;

/** A task in one line: "buy milk, due tomorrow, high priority, #shop". */
export function sayTask(task: Task, today: Day): string {
  const late = task.dueDate !== null && task.dueDate < today && !task.completed;
  return [
    task.completed ? `${task.title} (done)` : task.title,
    ...(task.dueDate === null
      ? []
      : [`${late ? "was due" : "due"} ${sayDay(task.dueDate, today)}${late ? " (overdue)" : ""}`]),
    ...(task.priority === "medium" ? [] : [`${task.priority} priority`]),
    ...(task.tags.length === 0 ? [] : [task.tags.map((tag) => `#${tag}`).join(" ")]),
  ].join(", ");
}

/** A numbered list. */
export function sayList(tasks: readonly Task[], today: Day, more = false): string {
  const lines = tasks.map((task, index) => `${index + 1}. ${sayTask(task, today)}`);
  return [...lines, ...(more ? ["… and more."] : [])].join("\n");
}

/** "1 open task", "3 open tasks". */
export function sayCount(count: number, words: string, more = false): string {
  if (count === 1 && !more) return `1 ${words.replace(/\btasks\b/, "task")}`;
  return `${more ? "more than " : ""}${count} ${words}`;
}

/** What tools have done, in a sentence each: nothing is claimed that did not happen. */
export function sayDone(steps: readonly Performed[], today: Day): string {
  const sentences = steps.flatMap(({ name, args, result }) => {
    const [task] = result.tasks;
    if (!result.ok || task === undefined || !result.changed) return [];
    switch (name) {
      case "add_task":
        return [`Added “${task.title}”${sayRest(task, today)}.`];
      case "complete_task":
        return [task.completed ? `Done: “${task.title}”.` : `“${task.title}” is open again.`];
      case "delete_task":
        return [`Deleted “${task.title}”.`];
      default:
        return [sayUpdate(task, args, today)];
    }
  });
  return sentences.join("\n");
}

/** Why tools have failed, in a sentence for each reason. */
export function sayFailed(errors: readonly string[]): string[] {
  return [...new Set(errors)].map((error) => {
    const { length } = errors.filter((other) => other === error);
    if (error !== NO_TASK) {
      return `I couldn't do that${length === 1 ? "" : ` with ${length} of these tasks`}: ${error}.`;
    }
    const gone = length === 1 ? "That task is" : `${length} of these tasks are`;
    return `${gone} not there any more.`;
  });
}

function sayRest(task: Task, today: Day): string {
  const rest = sayTask({ ...task, title: "" }, today);
  return rest === "" ? "" : rest;
}

function sayUpdate(task: Task, args: Readonly<Record<string, unknown>>, today: Day): string {
  const said = [
    ...("title" in args ? [`is now called that`] : []),
    ...("dueDate" in args
      ? [
          task.dueDate === null
            ? "has no due date any more"
            : `is due ${sayDay(task.dueDate, today)}`,
        ]
      : []),
    ...("priority" in args ? [`has ${task.priority} priority`] : []),
    ...("description" in args ? ["has a new description"] : []),
    ...("tags" in args
      ? [
          task.tags.length === 0
            ? "has no tags any more"
            : `is tagged ${task.tags.map((tag) => `#${tag}`).join(" ")}`,
        ]
      : []),
    ...("completed" in args ? [task.completed ? "is done" : "is open"] : []),
  ];
  return `“${task.title}” ${said.join(", ") || "was changed"}.`;
}
