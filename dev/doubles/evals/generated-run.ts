import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Mind } from "../../../agents/mind.js";
import type { Character } from "../../../data/character.js";
import { loadCharacterFolder } from "../../../data/character-folder.js";
import { contentHash } from "../../../evals/core/content-hash.js";
import type { Instrument, Sample, SessionPlan } from "../../../evals/core/contract.js";
import { findInstrument } from "../../../evals/core/find-instruments.js";
import { type SeededRandom, seededRandom } from "../../../evals/core/random.js";
import { type RunEntry, runPaths, writeRunFile } from "../../../evals/core/run-file.js";
import { SqliteLedger } from "../../../evals/core/sqlite-ledger.js";
import type { RecalledMemory } from "../../../memory/recalled-memory.js";

/** What a generated run is made of. */
export interface GeneratedRun {
  instruments: readonly string[];
  subjects: number;
  methods: readonly string[];
  repeats: number;
  model?: string;
  /** Added to how well every method does, between -1 and 1. */
  shift?: number;
}

/** How often a method answers rightly. */
const skill: Readonly<Record<string, number>> = { blank: 0.2, prompt: 0.45, rag: 0.6, macm: 0.72 };

/**
 * Writes a run folder as the command would, with planned items and scripted replies: right, wrong, refused, unreadable and
 * failed ones; macm with a whole mind of paragraphs from the life story. Returns the number of samples.
 */
export async function generateRun(folder: string, run: GeneratedRun): Promise<number> {
  const { subjects, methods, repeats, model = "offline", shift = 0 } = run;
  const characters = await people(subjects);
  const ledger = await SqliteLedger.open(runPaths(folder).ledger);
  const entries: RunEntry[] = [];
  let samples = 0;
  try {
    for (const name of run.instruments) {
      const { instrument } = await findInstrument(name);
      const settings = instrument.settings.parse({});
      const request = {
        characters,
        methods,
        models: [model],
        repeats,
        seed: "7",
        framing: "friend" as const,
        settings,
      };
      const plan = await instrument.plan(request);
      for (const session of plan.sessions()) {
        const random = seededRandom(contentHash([name, session, shift]));
        const before: Sample[] = [];
        for (const position of session.items.keys()) {
          const item = plan.item(session, position, before);
          const said = replyTo(item, session, random, shift);
          const sample = sampleOf(instrument, session, position, item, said);
          if (session.condition.method === "macm" && sample.reply !== null)
            sample.mind = mindOf(
              characters.find(({ id }) => id === sample.character),
              sample.question,
              random,
            );
          await ledger.record(sample);
          before.push(sample);
          samples++;
        }
      }
      entries.push({
        instrument: name,
        module: null,
        version: instrument.version,
        title: instrument.title,
        settings: {},
        characters: characters.map(({ id, name: called }) => ({ id, name: called })),
        methods: [...methods],
        models: [model],
        agentModel: null,
        embeddings: "lexical",
        repeats,
        seed: "7",
        framing: "friend",
        servers: [{ model: "some", host: "127.0.0.1:8000" }],
        programs: ["1.2.3"],
        startedAt: "2026-01-01T10:00:00Z",
        updatedAt: "2026-01-01T11:00:00Z",
        planned: samples,
      });
    }
  } finally {
    await ledger.close();
  }
  writeRunFile(folder, {
    layout: 1,
    entries,
    prices: { currency: "USD", models: { [model]: { input: 0.4, output: 1.6 } } },
    errorRate: 0.05,
  });
  return samples;
}

/** The two characters of this package, again under other names as often as needed. */
async function people(count: number): Promise<Character[]> {
  const folder = fileURLToPath(new URL("../../../data/characters/", import.meta.url));
  const own = await Promise.all(
    ["hester-tranter", "kuo-yu-hsiang"].map((id) => loadCharacterFolder(join(folder, id))),
  );
  return Array.from({ length: count }, (_, at) => {
    const character = own[at % own.length];
    if (!character) throw new Error("There is no character to copy.");
    if (at < own.length) return character;
    const copy = Math.floor(at / own.length) + 1;
    return { ...character, id: `${character.id}-${copy}`, name: `${character.name} ${copy}` };
  });
}

type Said = { text: string } | { error: string };

function replyTo(
  { key }: { key: string | null },
  { condition, subject }: SessionPlan,
  random: SeededRandom,
  shift: number,
): Said {
  const chance = random.fraction();
  if (chance < 0.01) return { error: "The model did not answer within 120 s." };
  if (chance < 0.04) return { text: "I'd rather not talk about that." };
  if (chance < 0.06) return { text: "Well, that was a long time ago <b>and</b> the rain never stopped." };
  // Subjects differ, as people do.
  const own = seededRandom(subject.kind === "simulacrum" ? subject.character : subject.id).fraction() - 0.5;
  const right = random.fraction() < (skill[condition.method] ?? 0) + shift + 0.4 * own;
  const answer =
    right && key ? key.split(" / ")[0] : (["A", "B", "C", "line 2", "1"][random.below(5)] ?? "A");
  return { text: `The answer is ${answer}. You know me, I have said it a hundred times over a cup of tea.` };
}

function sampleOf(
  instrument: Instrument,
  session: SessionPlan,
  position: number,
  item: ReturnType<Awaited<ReturnType<Instrument["plan"]>>["item"]>,
  said: Said,
): Sample {
  const key = contentHash([instrument.name, session]);
  const reply = "text" in said ? said.text : null;
  const parsed = reply === null ? null : instrument.parse({ text: reply, mind: null }, item);
  const answered = parsed?.status === "answered" ? parsed : null;
  const { subject, condition, repeat, items } = session;
  return {
    key: `${key}/${position}`,
    session: key,
    instrument: instrument.name,
    character: subject.kind === "simulacrum" ? subject.character : subject.id,
    condition,
    item: items[position]?.id ?? "",
    position,
    repeat,
    status: reply === null ? "error" : (parsed?.status ?? "unparsable"),
    reason: "error" in said ? said.error : parsed && "reason" in parsed ? parsed.reason : null,
    question: item.lines.map((line) => ("text" in line ? line.text : "")).join("\n"),
    reply,
    answer: answered?.answer ?? null,
    shown: answered?.shown ?? null,
    keyShown: item.key,
    data: item.data,
    scores: answered ? instrument.score(answered.answer, item) : null,
    mind: null,
    promptHash: contentHash(key),
    usage: { voice: { calls: 1, reasks: 0, inputTokens: 900, outputTokens: 30 } },
    cachedCalls: 0,
    latencyMs: reply === null ? null : 800 + position * 10,
    degraded: [],
    at: "2026-01-01T10:00:00Z",
  };
}

/** A mind with five paragraphs of the life story in it. */
function mindOf(character: Character | undefined, question: string, random: SeededRandom): Mind {
  const paragraphs = (character?.story ?? "").split(/\n\n+/u).filter((text) => text.length > 200);
  const memories = [0, 1, 2, 3, 4].flatMap((): RecalledMemory[] => {
    const at = random.below(Math.max(1, paragraphs.length));
    const text = paragraphs[at];
    if (text === undefined) return [];
    const score = random.fraction();
    return [
      {
        id: `life/${at}`,
        kind: "long",
        text,
        thinking: `I thought: ${text.slice(0, 200)}`,
        emotion: `It felt like this: ${text.slice(-200)}`,
        score,
        parts: { lexical: score / 2, dense: score / 3, priors: 0, support: random.fraction() },
        source: { kind: "story", chunk: at + 1, paragraphs: [2 * at + 1, 2 * at + 2] },
      },
    ];
  });
  const place = question.length + random.below(400);
  return {
    reflection: {
      keyElements: question.split(" ").slice(0, 4),
      asksForMemory: true,
      queries: [question.slice(0, 80)],
    },
    memories,
    thought: `They ask: ${question.slice(0, 60)} I would say ${(character?.story ?? "").slice(place, place + 300)}`,
    feeling: { text: (character?.story ?? "").slice(place + 300, place + 420), valence: 0.2, arousal: 0.3 },
    mood: { valence: 0.1 + random.fraction() / 10, arousal: 0.3 },
  };
}
