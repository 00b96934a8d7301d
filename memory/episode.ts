import { capitalised } from "../data/words.js";
import { audienceOf, withAudience } from "./ownership.js";
import { withoutNames } from "./ranking/people.js";
import type { MemoryRecord } from "./record.js";
import { UNNAMED } from "./relationship.js";
import { type TurnRecord, turnKey } from "./turn-record.js";
import { textHash } from "./write-gate.js";

/** What was said in a turn, as lines of dialogue with the speakers' names. */
export function dialogueOf(turn: TurnRecord, self: string, names: Readonly<Record<string, string>>): string {
  // An id may be any text, the name of something that every object has among them.
  const nameOf = (id: string) => (Object.hasOwn(names, id) ? names[id] : undefined);
  const unnamed = turn.audience.filter((id) => nameOf(id) === undefined);
  const [first = ""] = turn.audience;
  const only = turn.audience.length === 1 ? nameOf(first) : undefined;
  const named = (id: string | undefined) => {
    if (id === undefined) return only ?? capitalised(UNNAMED);
    // Several without a name are told apart by their ids.
    return nameOf(id) ?? only ?? (unnamed.length === 1 && unnamed.includes(id) ? capitalised(UNNAMED) : id);
  };
  const lines = turn.stimulus.map((said) => `${named(said.name)}: ${said.text}`);
  return [...lines, `${self}: ${turn.answer.text}`].join("\n");
}

/**
 * How much a turn mattered, in [0, 1], without asking a model: the stronger the feeling, the better it is kept
 * (emotional arousal and memory: McGaugh 2003). Unknown where nothing was felt because Emotion failed.
 */
export function importanceOf(turn: TurnRecord): number | undefined {
  if (turn.feeling === null) return undefined;
  return Math.min(1, 0.2 + 0.5 * turn.feeling.arousal + 0.4 * Math.abs(turn.feeling.valence));
}

/** What is embedded of a turn: the words without speakers' labels and without the listener's name, which match every greeting. */
function meantBy(turn: TurnRecord, self: string): string {
  const words = [...turn.stimulus.map(({ text }) => withoutNames(text, [{ name: self }])), turn.answer.text];
  return words.join("\n").trim() || turn.answer.text;
}

/** A turn that left working memory, as a short-term memory with its source. */
export function episodeOf(
  turn: TurnRecord,
  self: string,
  names: Readonly<Record<string, string>>,
): { namespace: string[]; key: string; value: MemoryRecord } {
  const text = dialogueOf(turn, self, names);
  const importance = importanceOf(turn);
  return {
    namespace: withAudience(turn.audience, "short"),
    key: `${turn.thread}#${turnKey(turn.turn)}`,
    value: {
      kind: "short",
      text,
      denseText: meantBy(turn, self),
      content: text,
      ...(turn.feeling && {
        emotion: turn.feeling.text,
        valence: turn.feeling.valence,
        arousal: turn.feeling.arousal,
      }),
      ...(turn.thought !== null && { thinking: turn.thought }),
      ...(importance !== undefined && { importance }),
      audience: audienceOf(turn.audience),
      source: { kind: "thread", thread: turn.thread, turns: [turn.turn, turn.turn] },
      at: turn.at,
      recallCount: 0,
      hash: textHash(text),
      conversation: turn.thread,
      position: turn.turn,
    },
  };
}
