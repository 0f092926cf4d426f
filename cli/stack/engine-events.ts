import type { EngineEvent, OpMap, OpType, SummaryEvent } from "@pulumi/pulumi/automation";

/** What the engine reported of an update. */
export interface EngineReport {
  /** Messages of the errors, in order, without colours. */
  errors: string[];
  /** The last lines of what failed resources reported, which the display doesn't keep: the log of a build. */
  lastLines: string[];
  /** How many resources had which change; undefined where the update didn't finish. */
  changes: OpMap | undefined;
  /** How long the update took; undefined where it didn't finish. */
  seconds: number | undefined;
}

/** The engine's summary: it has a field that the SDK's type lacks, and leaves out an empty map. */
type Summary = Partial<SummaryEvent> & { isPreview?: boolean };

/** How many of the last lines of a failed resource are kept. */
const LAST_LINES = 20;

/** Parses the engine's event log, one JSON object a line. A last line that is incomplete is ignored. */
export function readEvents(log: string): EngineReport {
  const report: EngineReport = {
    errors: [],
    lastLines: [],
    changes: undefined,
    seconds: undefined,
  };
  const failed = new Set<string>();
  const said = new Map<string, string[]>();
  for (const line of log.split("\n")) {
    if (line.trim() === "") continue;
    const event = parse(line);
    const diagnostic = event?.diagnosticEvent;
    if (diagnostic?.severity === "error") {
      report.errors.push(textOf(diagnostic));
      failed.add(diagnostic.urn ?? "");
    } else if (diagnostic?.ephemeral === true && diagnostic.urn !== undefined) {
      const lines = textOf(diagnostic)
        .split("\n")
        .filter((text) => text.trim() !== "");
      const all = [...(said.get(diagnostic.urn) ?? []), ...lines];
      said.set(diagnostic.urn, all.slice(-LAST_LINES));
    }
    const summary: Summary | undefined = event?.summaryEvent;
    if (summary && summary.isPreview !== true) {
      report.changes = summary.resourceChanges ?? {};
      report.seconds = summary.durationSeconds;
    }
  }
  report.lastLines = [...failed].flatMap((urn) => said.get(urn) ?? []);
  return report;
}

function textOf({ message }: { message: string }): string {
  return message.replaceAll(/<\{%.*?%\}>/g, "").trim();
}

/** The engine's operations in the past tense; any other stays as it is. */
const done: Partial<Record<OpType, string>> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  replace: "replaced",
  read: "read",
  refresh: "refreshed",
};

/** Formats changes as a few words: `3 created, 1 deleted`. Returns undefined where nothing changed. */
export function changesInWords(changes: OpMap): string | undefined {
  const words = Object.entries(changes)
    .filter(([operation]) => operation !== "same")
    .map(([operation, count]) => `${count} ${done[operation as OpType] ?? operation}`);
  return words.length === 0 ? undefined : words.join(", ");
}

function parse(line: string): EngineEvent | undefined {
  try {
    return JSON.parse(line) as EngineEvent;
  } catch {
    return undefined;
  }
}
