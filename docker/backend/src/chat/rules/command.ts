import { changes } from "./changes.ts";
import type { Day } from "./days.ts";
import { describeTask, tidy } from "./details.ts";
import { questions } from "./questions.ts";
import type { Command, Reader } from "./reader.ts";

/** What a sentence asks for; `today` says which day "tomorrow" is. */
export function readCommand(sentence: string, today: Day): Command {
  const text = plain(sentence);
  for (const read of READERS) {
    const command = read(text, today);
    if (command !== undefined) return command;
  }
  return { kind: "unknown", text };
}

const POLITE =
  /^(?:(?:please|pls|hey|hi|hello|ok(?:ay)?|so|and|then|also|now|just)[,!]?\s+|(?:can|could|would|will) you (?:please )?(?=\w)|i(?:'d| would) like (?:you )?to |(?:i want|i need) you to |let'?s )+/i;

/** Without politeness and punctuation around it. */
export function plain(sentence: string): string {
  return sentence
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[’]/g, "'")
    .replace(POLITE, "")
    .replace(/[,\s]*\b(?:please|pls|thanks|thank you)[\s.!?]*$/i, "")
    .replace(/[\s.!?]+$/, "")
    .trim();
}

const small: Reader = (text) => {
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

const ADD =
  /^(?:add|create|make(?= (?:an? )?(?:new )?(?:task|todo|to-do|reminder)\b)|new|note(?: down)?|jot down|write down|put|schedule|remember(?: to)?|remind me(?: to| about| of)?|don't (?:let me )?forget(?: to)?|todo:?|task:?|i (?:need|have|must|want|should|ought|gotta|got)(?: to)?|we (?:need|have|must|should)(?: to)?)(?:\s+|$)/i;
const NOUN =
  /^(?:(?:a|an|the|another|one|new|more)\s+)*(?:tasks?|todos?|to-dos?|items?|reminders?)(?:\s+(?:to|for|called|named|titled|that says|about)\b|\s*:)?(?:\s+|$)/i;

const add: Reader = (text, today) => {
  if (!ADD.test(text)) return undefined;
  const described = text
    .replace(ADD, "")
    .replace(NOUN, "")
    .replace(/\s+(?:to|on|in|onto) (?:my|the) (?:todo |to-do |task )?(?:list|tasks|todos)\b/i, "");
  return { kind: "add", task: describeTask(tidy(described), today) };
};

/** The first that understands a sentence has it. Questions come late: "mark what I did as done". */
const READERS: readonly Reader[] = [small, ...changes, add, ...questions];
