import type { Task } from "../../tasks/schemas.ts";
import { NO_SUCH_TASK } from "../tools/run-tool.ts";
import type { CompletedCall } from "../types.ts";
import { type Day, describeDay } from "./dates.ts";

/** The answer that says what the rules understand. */
export const HELP_TEXT = `I keep your to-do list. You can say, for example:
- add buy milk tomorrow #shopping, high priority
- what is due this week?
- mark the second one done
- rename milk to oat milk
- move the dentist to next Friday
- delete the first one
- find invoices`;

/** Returns a task in one line: "buy milk, due tomorrow, high priority, #shop". */
export function formatTask(task: Task, today: Day): string {
  const late = task.dueDate !== null && task.dueDate < today && !task.completed;
  return [
    task.completed ? `${task.title} (done)` : task.title,
    ...(task.dueDate === null
      ? []
      : [
          `${late ? "was due" : "due"} ${describeDay(task.dueDate, today)}${late ? " (overdue)" : ""}`,
        ]),
    ...(task.priority === "medium" ? [] : [`${task.priority} priority`]),
    ...(task.tags.length === 0 ? [] : [task.tags.map((tag) => `#${tag}`).join(" ")]),
  ].join(", ");
}

/** Returns a numbered list of tasks. `more` says that the list goes on. */
export function formatList(tasks: readonly Task[], today: Day, more = false): string {
  const lines = tasks.map((task, index) => `${index + 1}. ${formatTask(task, today)}`);
  return [...lines, ...(more ? ["… and more."] : [])].join("\n");
}

/** Returns a number of tasks: "1 open task", "3 open tasks", "more than 50 open tasks". */
export function formatCount(count: number, words: string, more = false): string {
  if (count === 1 && !more) return `1 ${words.replace(/\btasks\b/, "task")}`;
  return `${more ? "more than " : ""}${count} ${words}`;
}

/** Returns a sentence for each change that tools have made. */
export function describeSteps(steps: readonly CompletedCall[], today: Day): string {
  const sentences = steps.flatMap(({ name, args, result }) => {
    const [task] = result.tasks;
    if (!result.ok || task === undefined || !result.changed) return [];
    switch (name) {
      case "add_task":
        return [`Added “${task.title}”${formatDetails(task, today)}.`];
      case "complete_task":
        return [task.completed ? `Done: “${task.title}”.` : `“${task.title}” is open again.`];
      case "delete_task":
        return [`Deleted “${task.title}”.`];
      default:
        return [describeUpdate(task, args, today)];
    }
  });
  return sentences.join("\n");
}

/** Returns a sentence for each different error of tools. */
export function describeErrors(errors: readonly string[]): string[] {
  return [...new Set(errors)].map((error) => {
    const { length } = errors.filter((other) => other === error);
    if (error !== NO_SUCH_TASK) {
      return `I couldn't do that${length === 1 ? "" : ` with ${length} of these tasks`}: ${error}.`;
    }
    const gone = length === 1 ? "That task is" : `${length} of these tasks are`;
    return `${gone} not there any more.`;
  });
}

function formatDetails(task: Task, today: Day): string {
  return formatTask({ ...task, title: "" }, today);
}

function describeUpdate(task: Task, args: Readonly<Record<string, unknown>>, today: Day): string {
  const changes = [
    ...("title" in args ? [`is now called that`] : []),
    ...("dueDate" in args
      ? [
          task.dueDate === null
            ? "has no due date any more"
            : `is due ${describeDay(task.dueDate, today)}`,
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
  return `“${task.title}” ${changes.join(", ") || "was changed"}.`;
}
