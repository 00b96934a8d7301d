import { ageAt } from "../data/age.js";
import { momentInWords } from "../memory/when.js";
import { asksForMemory } from "./memory/recall.js";
import { memoryLines } from "./memory-lines.js";
import type { MindState } from "./mind.js";
import { paragraphs, section } from "./section.js";
import type { AgentDependencies } from "./turn.js";
import { describePeople, type TurnView } from "./turn-view.js";

/**
 * What is new in a turn for every agent alike: what time it is, who is there, the scene, and what came to mind. It stands
 * first in the notes behind the conversation.
 */
export function situation(view: TurnView, state: MindState, deps: AgentDependencies): string {
  const scene = section("scene", view.scene);
  if (!deps.method.playsCharacter) return scene;
  const missing = missingMemory(view, state);
  return paragraphs(
    section("now", now(view, deps)),
    scene,
    section("memories", memoryLines(state.recollection, deps)),
    missing && toldOfMissing[missing],
  );
}

/** Date, time, age and company, one a line as the facts of the persona are. */
function now(view: TurnView, deps: AgentDependencies): string {
  const { clock, timeZone, character } = deps;
  const time = clock();
  const age = character.profile.dateOfBirth !== undefined && ageAt(character.profile, time);
  return [
    `Date: ${momentInWords(time, timeZone)}`,
    ...(age !== false && age !== undefined ? [`Age: ${age}`] : []),
    `Talking with: ${describePeople(view.people, deps)}`,
  ].join("\n");
}

/** A memory was asked for and there is none, none that clearly answers, only somebody else's, or memory failed. */
type MissingMemory = "nothing" | "unclear" | "someone-else" | "out-of-reach";

function missingMemory(view: TurnView, state: MindState): MissingMemory | undefined {
  if (!asksForMemory(state, view.said)) return undefined;
  const { recollection, faults } = state;
  if (recollection === null) return typeof faults.memory === "string" ? "out-of-reach" : undefined;
  if (recollection.nothingRelevant) return recollection.memories.length === 0 ? "nothing" : "unclear";
  return recollection.someoneElse ? "someone-else" : undefined;
}

const toldOfMissing: Record<MissingMemory, string> = {
  nothing:
    "Nothing in your memories tells of this. If the facts, the biography or the conversation do, answer from them; if not, say that you don't remember or don't know.",
  unclear:
    "None of these memories clearly answers what was asked; they are only the nearest. If they, the facts, the biography and the conversation do not tell it, say that you don't remember or don't know.",
  "someone-else":
    "What comes to mind about this belongs to somebody else, not to you. Do not take it for your own life.",
  "out-of-reach":
    "You cannot call up your memories right now. If the facts, the biography or the conversation tell of this, answer from them; if not, say that you don't remember right now.",
};
