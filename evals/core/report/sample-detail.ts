import { shownPart } from "../../../agents/agents.js";
import { mindSchema } from "../../../agents/mind.js";
import { affectSchema } from "../../../data/character.js";
import { moodInWords } from "../../../memory/mood.js";
import type { RecalledMemory } from "../../../memory/recalled-memory.js";
import type { Sample } from "../contract.js";
import { addedUp } from "../usage-by-role.js";

/** A memory as many minds may show it: kept once in a page. */
export interface MemoryText {
  text: string;
  thinking?: string | undefined;
  emotion?: string | undefined;
  source: string;
}

/** Everything that the page shows of one sample once it is opened; what is empty is absent. */
export interface SampleDetail {
  label: string;
  question: string;
  reply?: string | undefined;
  extracted?: string | undefined;
  key?: string | undefined;
  reason?: string | undefined;
  scores?: Sample["scores"] | undefined;
  mind?: MindDetail | undefined;
  /** A mind in a form that this program does not know, as JSON. */
  otherMind?: string | undefined;
  facts: readonly string[];
}

interface MindDetail {
  keyElements: readonly string[];
  asksForMemory: boolean;
  queries: readonly string[];
  /** Number of the text, score, and the parts of the score by name. */
  memories: readonly { text: number; score: number; parts: RecalledMemory["parts"] }[];
  /** What the other agents made of it, by title. */
  parts: readonly (readonly [title: string, text: string])[];
  mood: string | null;
}

/** Texts of memories, each kept once however many minds recalled it. */
export class MemoryTexts {
  readonly #places = new Map<string, number>();
  readonly all: MemoryText[] = [];

  place({ id, text, thinking, emotion, source }: RecalledMemory): number {
    const key = JSON.stringify([id, text]);
    const known = this.#places.get(key);
    if (known !== undefined) return known;
    const place = this.all.length;
    this.#places.set(key, place);
    this.all.push({ text, thinking, emotion, source: sourceInWords(source) });
    return place;
  }
}

function sourceInWords(source: RecalledMemory["source"]): string {
  if (source.kind === "story")
    return `from the life story, paragraphs ${source.paragraphs[0]} to ${source.paragraphs[1]}`;
  if (source.kind === "thread") return "from what was said before in this session";
  return "from an imported memory";
}

/** A sample and its mind (read from the ledger only now) as the page shows them. */
export function sampleDetail(
  sample: Sample,
  mind: unknown,
  label: string,
  memories: MemoryTexts,
): SampleDetail {
  const known = mindSchema.safeParse(mind);
  const { calls, inputTokens, outputTokens } = addedUp(Object.values(sample.usage));
  return {
    label,
    question: sample.question,
    reply: sample.reply ?? undefined,
    extracted: sample.shown ?? undefined,
    key: sample.keyShown ?? undefined,
    reason: sample.reason ?? undefined,
    scores: sample.scores ?? undefined,
    ...(known.success
      ? { mind: mindDetail(known.data, memories) }
      : { otherMind: mind === null || mind === undefined ? undefined : JSON.stringify(mind, null, 1) }),
    facts: [
      `${calls} model ${calls === 1 ? "call" : "calls"}, ${inputTokens} tokens read, ${outputTokens} written`,
      ...(sample.latencyMs === null ? [] : [`reply after ${Math.round(sample.latencyMs)} ms`]),
      ...(sample.cachedCalls > 0 ? [`${sample.cachedCalls} calls answered by the cache`] : []),
      ...(sample.degraded.length > 0 ? [`failed in this turn: ${sample.degraded.join(", ")}`] : []),
      sample.at.replace("T", " ").replace(/\.\d+Z$/u, " UTC"),
      `sample ${sample.key}`,
      ...(sample.promptHash === null ? [] : [`prompt ${sample.promptHash}`]),
    ],
  };
}

function mindDetail(mind: ReturnType<typeof mindSchema.parse>, texts: MemoryTexts): MindDetail {
  const { reflection, memories, mood, ...others } = mind;
  const affect = (of: { valence: number; arousal: number }) =>
    `${moodInWords(of)} (valence ${of.valence.toFixed(2)}, arousal ${of.arousal.toFixed(2)})`.replaceAll(
      "-",
      "−",
    );
  return {
    keyElements: reflection?.keyElements ?? [],
    asksForMemory: reflection?.asksForMemory ?? false,
    queries: reflection?.queries ?? [],
    memories: memories.map((memory) => ({
      text: texts.place(memory),
      score: rounded(memory.score),
      parts: Object.fromEntries(
        Object.entries(memory.parts).map(([part, value]) => [part, rounded(value ?? 0)]),
      ) as RecalledMemory["parts"],
    })),
    parts: Object.entries(others).flatMap(([key, part]) => {
      if (part === null || part === undefined) return [];
      const felt = affectSchema.safeParse(part);
      const [title, text] = shownPart(key, part);
      return [[title, felt.success ? `${text} [${affect(felt.data)}]` : text] as const];
    }),
    mood: mood && affect(mood),
  };
}

const rounded = (value: number): number => Math.round(value * 1_000) / 1_000;
