import { changeCommands } from "./change-commands.ts";
import type { Command, CommandParser } from "./command.ts";
import type { Day } from "./dates.ts";
import { listCommands } from "./list-commands.ts";
import { parseTask, tidy } from "./task-description.ts";

/** Parses a sentence. `today` decides which day "tomorrow" is. */
export function parseCommand(sentence: string, today: Day): Command {
  const text = stripPoliteness(sentence);
  for (const parse of parsers) {
    const command = parse(text, today);
    if (command !== undefined) return command;
  }
  return { kind: "unknown", text };
}

const politePrefix =
  /^(?:(?:please|pls|hey|hi|hello|ok(?:ay)?|so|and|then|also|now|just)[,!]?\s+|(?:can|could|would|will) you (?:please )?(?=\w)|i(?:'d| would) like (?:you )?to |(?:i want|i need) you to |let'?s )+/i;

/** Removes polite phrases, and punctuation at the end. */
function stripPoliteness(sentence: string): string {
  return sentence
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[’]/g, "'")
    .replace(politePrefix, "")
    .replace(/[,\s]*\b(?:please|pls|thanks|thank you)[\s.!?]*$/i, "")
    .replace(/[\s.!?]+$/, "")
    .trim();
}

const smallTalk: CommandParser = (text) => {
  if (/^(?:help|what can (?:you|i) do|how does this work|commands|\?*)$/i.test(text))
    return { kind: "help" };
  if (/^(?:hi|hello|hey|good (?:morning|evening|afternoon))(?: there)?$/i.test(text))
    return { kind: "help" };
  if (/^(?:thanks?(?: you)?|thx|great|cool|nice|perfect)$/i.test(text)) return { kind: "thanks" };
  if (/^(?:y|yes|yep|yeah|sure|do it|go ahead|ok|okay|confirm)$/i.test(text))
    return { kind: "yes" };
  if (/^(?:n|no|nope|never ?mind|cancel|stop|don't|forget it)$/i.test(text)) return { kind: "no" };
  return undefined;
};

const addPrefix =
  /^(?:add|create|make(?= (?:an? )?(?:new )?(?:task|todo|to-do|reminder)\b)|new|note(?: down)?|jot down|write down|put|schedule|remember(?: to)?|remind me(?: to| about| of)?|don't (?:let me )?forget(?: to)?|todo:?|task:?|i (?:need|have|must|want|should|ought|gotta|got)(?: to)?|we (?:need|have|must|should)(?: to)?)(?:\s+|$)/i;
const taskNoun =
  /^(?:(?:a|an|the|another|one|new|more)\s+)*(?:tasks?|todos?|to-dos?|items?|reminders?)(?:\s+(?:to|for|called|named|titled|that says|about)\b|\s*:)?(?:\s+|$)/i;

const add: CommandParser = (text, today) => {
  if (!addPrefix.test(text)) return undefined;
  const described = text
    .replace(addPrefix, "")
    .replace(taskNoun, "")
    .replace(/\s+(?:to|on|in|onto) (?:my|the) (?:todo |to-do |task )?(?:list|tasks|todos)\b/i, "");
  return { kind: "add", task: parseTask(tidy(described), today) };
};

/** The first parser that matches wins. Lists come last: "mark what I did as done" is a change. */
const parsers: readonly CommandParser[] = [smallTalk, ...changeCommands, add, ...listCommands];
