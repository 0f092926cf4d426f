/** What the engine reported of an update. */
export interface EngineReport {
  /** Messages of the errors, in order, without colours. */
  errors: string[];
  /** How many resources had which change; undefined where the update didn't get to its end. */
  changes: Record<string, number> | undefined;
  seconds: number | undefined;
}

interface EngineEvent {
  diagnosticEvent?: { message: string; severity: string };
  summaryEvent?: {
    isPreview: boolean;
    durationSeconds: number;
    resourceChanges?: Record<string, number>;
  };
}

/** Reads the engine's event log, one JSON object a line; a half-written last line doesn't count. */
export function readEvents(log: string): EngineReport {
  const report: EngineReport = { errors: [], changes: undefined, seconds: undefined };
  for (const line of log.split("\n")) {
    if (line.trim() === "") continue;
    const event = parse(line);
    const diagnostic = event?.diagnosticEvent;
    if (diagnostic?.severity === "error") {
      report.errors.push(diagnostic.message.replaceAll(/<\{%.*?%\}>/g, "").trim());
    }
    const summary = event?.summaryEvent;
    if (summary && !summary.isPreview) {
      report.changes = summary.resourceChanges ?? {};
      report.seconds = summary.durationSeconds;
    }
  }
  return report;
}

/** How the engine's operations read when they are done. */
const done: Readonly<Record<string, string>> = {
  create: "created",
  update: "updated",
  delete: "deleted",
  replace: "replaced",
  read: "read",
  refresh: "refreshed",
};

/** The changes as a few words: `3 created, 1 deleted`; undefined where nothing changed. */
export function changesInWords(changes: Readonly<Record<string, number>>): string | undefined {
  const words = Object.entries(changes)
    .filter(([operation]) => operation !== "same")
    .map(([operation, count]) => `${count} ${done[operation] ?? operation}`);
  return words.length === 0 ? undefined : words.join(", ");
}

function parse(line: string): EngineEvent | undefined {
  try {
    return JSON.parse(line) as EngineEvent;
  } catch {
    return undefined;
  }
}
