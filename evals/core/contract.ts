import type { z } from "zod";
import type { Interlocutor } from "../../agents/mind.js";
import type { Character } from "../../data/character.js";
import type { RoleUsage } from "../../models/index.js";

/**
 * How a sample ended. Only `answered` enters a mean. `refused`: the subject declined to take part; `unparsable`: it
 * answered and no answer to the item could be read; `error`: no reply came; `skipped`: an earlier item of the session
 * ended in error, so this one was never put.
 */
export type SampleStatus = "answered" | "refused" | "unparsable" | "error" | "skipped";

/** What a status is called for people. */
export const statusNames: Readonly<Record<SampleStatus, string>> = {
  answered: "answered",
  refused: "refused",
  unparsable: "unparsable",
  error: "in error",
  skipped: "skipped",
};

/** How many samples ended in each way. */
export function statusCounts(samples: Iterable<Pick<Sample, "status">> = []): Record<SampleStatus, number> {
  const counts = { answered: 0, refused: 0, unparsable: 0, error: 0, skipped: 0 };
  for (const { status } of samples) counts[status]++;
  return counts;
}

/** How questions are put: by the character's best friend in a relaxed talk (Xie et al. 2025), or by an interviewer. */
export type Framing = "friend" | "neutral";

/** Who answers: a character played by a method, or a bare chat model that is told which group it stands for. */
export type SubjectPlan =
  | { kind: "simulacrum"; character: string; method: string; model: string }
  /** `topLogprobs`: most alternatives wanted of the first token, where the server gives them. */
  | { kind: "model"; id: string; model: string; system: string; topLogprobs?: number };

/** What is held constant over a session and compared between sessions. */
export interface Condition {
  /** How a character is played ("macm", "macm:without=emotion"), or the way in which a bare model was asked ("numbers", "logprobs", "personas"). */
  method: string;
  model: string;
  framing: Framing;
  /** The instrument's own condition ("group", "control", "majority-3"); empty where it has none. */
  arm: string;
}

/** An item as a session plans it: the name it has in the ledger, and a hash of its content. */
export interface PlannedItem {
  id: string;
  version: string;
}

/** One subject, one thread, an ordered list of items. A questionnaire item is a session of one. */
export interface SessionPlan {
  subject: SubjectPlan;
  condition: Condition;
  /** From 1. */
  repeat: number;
  /** Decides what is shuffled. */
  seed: string;
  items: readonly PlannedItem[];
  /** Others in the room who are played by simulacra (seat id to subject); scripted confederates need none. */
  parties?: Readonly<Record<string, SubjectPlan>>;
  /** The people whom the subject has before it; without them the framing decides. */
  interlocutors?: readonly Interlocutor[];
  /** What the subject sees of the situation before the first item; parties see it too. */
  scene?: string;
  /** How parties know the subject. */
  subjectAs?: Interlocutor;
}

/** Something said before the subject's turn: by script, or, with `ask`, whatever the party played by a simulacrum answers. */
export type Line = { by: string; text: string } | { by: string; ask: true };

/** One item as it is put to the subject. `data` is what parsing and scoring need; it is kept in the ledger as JSON. */
export interface Item<Data> {
  lines: readonly Line[];
  data: Data;
  /** The right answer as a person would write it, shown beside what was extracted; null where there is none. */
  key: string | null;
}

/** A reply of a subject. */
export interface Reply {
  text: string;
  /** Why it is no whole reply: cut at its longest length, or declined by the model or its server. Absent where it is one. */
  ended?: "cut" | "declined";
  /** The mind of the turn, where the method has one. */
  mind: unknown;
  /** First-token alternatives with their log-probabilities, where they were asked for and given. */
  logprobs?: readonly { token: string; logprob: number }[];
}

/** What was read out of a reply. `answer` is JSON; `shown` is how a person would write it. */
export type Parsed<Answer> =
  | { status: "answered"; answer: Answer; shown: string }
  | { status: "refused" | "unparsable"; reason: string };

/** Tokens and calls by role: the voice, its agents, embeddings, a judge, confederates. */
export type UsageByRole = Readonly<Record<string, RoleUsage>>;

/** One item put to one subject once, as the ledger keeps it. */
export interface Sample {
  key: string;
  session: string;
  instrument: string;
  character: string;
  condition: Condition;
  item: string;
  /** Position in its session, from 0. */
  position: number;
  repeat: number;
  status: SampleStatus;
  /** Why it was not answered. */
  reason: string | null;
  /** What the subject was asked, as text. */
  question: string;
  reply: string | null;
  answer: unknown;
  shown: string | null;
  keyShown: string | null;
  data: unknown;
  /** What the instrument's scorer gave, e.g. `{points: 2, of: 2}`; null unless answered. */
  scores: Readonly<Record<string, number>> | null;
  mind: unknown;
  /** Alternatives of the reply's first token, where they were asked for and given. */
  logprobs?: Reply["logprobs"];
  /** SHA-256 of the prompt of the voice as sent; null where none was sent. */
  promptHash: string | null;
  usage: UsageByRole;
  /** Calls answered from the response cache; such a sample has no latency. */
  cachedCalls: number;
  /** Milliseconds from putting the item to its reply; null for a cached, skipped or failed one. */
  latencyMs: number | null;
  /** What failed on the way to the answer: agents of a mind, or `embeddings`, without which memory recalls by words alone. */
  degraded: readonly string[];
  at: string;
}

/** What a run asks an instrument to plan. */
export interface PlanRequest<Settings> {
  characters: readonly Character[];
  methods: readonly string[];
  models: readonly string[];
  repeats: number;
  seed: string;
  framing: Framing;
  settings: Settings;
}

/** A number of one scored unit: an item (`item` is its id) or a whole questionnaire (`item` is empty). */
export interface MeasuredUnit {
  /** What is drawn as a whole by the bootstrap and independent in tests: a character, or what the measure's `cluster` says. */
  character: string;
  item: string;
  repeat: number;
  /** The value; or why there is none: a status, or "undefined because" in words. */
  value: number | { leftOut: string };
}

/** A number that an instrument yields, defined once and computed for every condition. */
export interface Measure {
  id: string;
  title: string;
  /** "points of 50", "share of critical trials". */
  unit: string;
  /** Which way is better; `neither` where the question is how people differ. */
  better: "higher" | "lower" | "neither";
  /** Every value is 0 or 1: no or yes. @default false */
  binary?: boolean;
  /** What the `character` of its units is, where it is no subject: "data set". @default "subject" */
  cluster?: string;
  /** What stands beside it as a yardstick: expected of random guessing, or found in people; with its source. */
  references?(samples: readonly Sample[]): readonly { label: string; value: number }[];
  /** The units of one condition's samples. */
  units(samples: readonly Sample[]): MeasuredUnit[];
}

/** A table of the report: the instrument's own view of one run. */
export interface Table {
  id: string;
  title: string;
  columns: readonly { id: string; title: string }[];
  rows: readonly Readonly<Record<string, string | number | null>>[];
  /** What a reader must know to read it. */
  note?: string;
  /** Drawn as a line or bars beside the table: the column on the axis, those drawn, and the one that names the series. */
  chart?: { kind: "line" | "bar"; x: string; y: readonly string[]; series?: string };
}

/** Columns of a table, written as its head: "method; rate: conformity" (an id, and a title where it is another). */
export const columnsOf = (head: string): Table["columns"] =>
  head.split(";").map((column) => {
    const [id = "", title = id] = column.split(":").map((part) => part.trim());
    return { id, title };
  });

/** The sessions of a run, and how their items are worded when they are put. */
export interface InstrumentPlan<Data> {
  /** Where these settings make another thing of the instrument (a protocol of one's own): its title and what it is about. */
  title?: string;
  about?: readonly string[];
  /** In a fixed order, the same at every call; light, since there may be a hundred thousand. */
  sessions(): Iterable<SessionPlan>;
  /** Words an item. `before` are the samples of this session so far. */
  item(session: SessionPlan, position: number, before: readonly Sample[]): Item<Data>;
}

/**
 * An instrument: a scorer in `evals/<name>/` and its data. Pure but for the reading of its data: the same samples always
 * give the same numbers, so that stored transcripts can be scored again without a model.
 */
export interface Instrument<Settings = unknown, Data = unknown, Answer = unknown> {
  name: string;
  /** Raised whenever an item would be put otherwise: part of every sample's key. (Another way to score needs only `eval score`.) */
  version: string;
  title: string;
  /** For the report: what it measures, how, from which source, and what it cannot tell. */
  about: readonly string[];
  /** Settings of its own (`--set name=value`), with defaults. */
  settings: z.ZodType<Settings>;
  /** Problems that would spoil a run of this request, in words; empty where there are none. */
  validate(request: PlanRequest<Settings>): Promise<string[]> | string[];
  plan(request: PlanRequest<Settings>): Promise<InstrumentPlan<Data>> | InstrumentPlan<Data>;
  /** Takes what was really said before the subject's turn into the item, where parties were asked (`ask`). */
  heard?(item: Item<Data>, said: readonly { by: string; text: string }[]): Data;
  parse(reply: Reply, item: Pick<Item<Data>, "data">): Parsed<Answer>;
  score(answer: Answer, item: Pick<Item<Data>, "data">): Record<string, number>;
  measures: readonly Measure[];
  tables?(samples: readonly Sample[]): Table[];
}

/** Who asks, by framing: the paper's best friend in a relaxed talk (Xie et al. 2025, appendix), or an interviewer. */
export const asker: Readonly<Record<Framing, Interlocutor>> = {
  friend: { id: "best-friend", name: "Alex", relationship: "your best friend, in a relaxed talk" },
  neutral: { id: "interviewer", name: "the interviewer", relationship: "an interviewer of a study" },
};
