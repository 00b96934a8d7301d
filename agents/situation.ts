import { ageAt, timeOfProfile } from "../data/age.js";
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
    section("now", now(view, nowOf(state, deps), deps)),
    scene,
    section("memories", recalled(view, state, deps)),
    missing && toldOfMissing[missing],
  );
}

/** What came to mind, a line each; empty where nothing did. */
export function recalled(view: TurnView, state: MindState, deps: AgentDependencies): string {
  const { character, timeZone, countTokens, budget } = deps;
  return memoryLines({
    memories: state.recollection?.memories ?? [],
    asked: [view.said, ...(state.reflection?.queries ?? [])].join("\n"),
    character,
    thread: state.talk?.thread?.thread,
    now: nowOf(state, deps),
    timeZone,
    tokens: budget.memories,
    countTokens,
  });
}

/** When the turn began: all its prompts tell the same time. */
const nowOf = (state: MindState, { clock }: AgentDependencies): Date =>
  state.talk?.at === undefined ? clock() : new Date(state.talk.at);

/** Years after which it is said until when the life is told. */
const TOLD_UNTIL_AFTER_MS = 365 * 24 * 3_600_000;

/** Date, time, age and company, one a line as the facts of the persona are. */
function now(view: TurnView, time: Date, deps: AgentDependencies): string {
  const { timeZone, character } = deps;
  const until = timeOfProfile(character.profile);
  const age = character.profile.dateOfBirth !== undefined && ageAt(character.profile, time);
  return [
    `Date: ${momentInWords(time, timeZone)}`,
    ...(age !== false && age !== undefined ? [`Age: ${age}`] : []),
    ...(until && time.getTime() - until.getTime() > TOLD_UNTIL_AFTER_MS
      ? [`Your life is written down until: ${until.getUTCFullYear()}; of the time since, nothing is known`]
      : []),
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
