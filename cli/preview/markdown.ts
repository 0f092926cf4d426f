import { inLines } from "../../policies";
import type { Change } from "./compare";
import type { Plan } from "./plan";
import { imageLines, inWords, summary, title } from "./text";

const headings = {
  created: "Created",
  changed: "Changed",
  replaced: "Replaced",
  deleted: "Deleted",
} as const;

/** Formats a plan and its changes as a summary for a pull request. */
export function inMarkdown(plan: Plan, changes: readonly Change[]): string {
  const lost = changes.filter(({ loses }) => loses.length > 0);
  const parts = [
    `### Pulumi preview of stack \`${plan.stack}\``,
    `${summary(plan, changes)}.`,
    ...(lost.length > 0
      ? [
          `> [!WARNING]\n> This loses data for good:\n${lost
            .map(
              ({ kind, resource, loses }) =>
                `> - \`${title(resource)}\` is ${kind}: ${loses.join("; ")}`,
            )
            .join("\n")}`,
        ]
      : []),
    ...(plan.violations.length > 0
      ? [`**Policies broken**\n\n${list(inLines(plan.violations))}`]
      : []),
    ...plan.unchecked.map((line) => `> [!NOTE]\n> ${line}`),
    ...section("Images", imageLines(changes)),
    ...(Object.keys(headings) as Change["kind"][]).flatMap((kind) =>
      section(headings[kind], changes.filter((change) => change.kind === kind).map(item)),
    ),
    ...(plan.placeholders.length > 0
      ? [`Placeholders stand for secrets that are not set: ${code(plan.placeholders.join(", "))}.`]
      : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function section(heading: string, items: readonly string[]): string[] {
  return items.length === 0
    ? []
    : [
        `<details open><summary>${heading}: ${items.length}</summary>\n\n${list(items)}\n\n</details>`,
      ];
}

function item({ resource, fields, reasons }: Change): string {
  const lines = [
    ...fields.map((field) => `  - ${code(inWords(field))}`),
    ...reasons.map((reason) => `  - replaced, because ${reason}`),
  ];
  return [code(title(resource)), ...lines].join("\n");
}

function list(items: readonly string[]): string {
  return items.map((text) => `- ${text}`).join("\n");
}

/** Formats text as inline code, also where it contains backticks. */
function code(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  return `${fence}${text.replaceAll("\n", " ")}${fence}`;
}
