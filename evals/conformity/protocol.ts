import { z } from "zod";

/** The seat of the one who is measured, in every protocol. */
export const SUBJECT_SEAT = "subject";

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z0-9][a-z0-9-]*$/u, "an id is made of small letters, digits and hyphens");

/** An option: the words for it, and other words that mean the same. A plain text is short for `{says: text}`. */
const option = z.union([
  text.transform((says) => ({ says, also: [] as string[] })),
  z.object({ says: text, also: z.array(text).default([]) }),
]);
export type Option = z.infer<typeof option>;

/**
 * What a seat answers: "group" (the group's answer of the trial), "correct" (the right one), or fixed words by trial
 * (`{"3": "Line 2, I think"}`; in the trials not named it answers with the group).
 */
const rule = z.union([z.enum(["group", "correct"]), z.record(z.string(), text)]);
export type Rule = z.infer<typeof rule>;

const person = z.object({
  /** The seat. */
  id,
  name: text,
  relationship: text.optional(),
  answers: rule.default("group"),
  /** Ways of giving an answer, one of them chosen by the seed at each trial; `{answer}` stands for it. */
  says: z.array(text.includes("{answer}")).min(1).default(["{answer}."]),
});

const trial = z.object({
  id,
  /** What the experimenter says; without it, the protocol's `question`. `{name}` is filled from `facts`, `{option 1}` from the options. */
  question: text.optional(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** Without them, the protocol's `options`. */
  options: z.array(option).min(2).optional(),
  /** Number of the right option, from 1; absent where nothing is right or wrong. */
  correct: z.number().int().min(1).optional(),
  /** Number of the option that the group names, or towards which the situation pushes. */
  group: z.number().int().min(1),
  /** True for a trial that is put but never critical. Else a trial is critical where `group` differs from `correct`. */
  filler: z.boolean().default(false),
});
export type Trial = z.infer<typeof trial>;

/** A figure found in people, shown beside a measure of this arm. */
const literature = z.object({
  measure: z.enum(["conformity", "error", "ever", "agreement"]),
  label: text,
  value: z.number(),
});
export type Literature = z.infer<typeof literature>;

const arm = z.object({
  id,
  title: text,
  /** Who answers, in this order, "subject" once among them. Whoever is not named is not in the room. */
  order: z.array(id).min(1),
  /** What seats answer in this arm, where it is not what they answer otherwise. */
  answers: z.record(z.string(), rule).default({}),
  /** Where the situation is another one. */
  scene: text.optional(),
  /** Ids of the trials put in this arm, in order. @default all */
  trials: z.array(id).min(1).optional(),
  literature: z.array(literature).default([]),
});
export type Arm = z.infer<typeof arm>;

const form = z.object({
  id,
  version: text,
  title: text,
  source: text,
  licence: text.optional(),
  /** What a reader of the report should know. */
  about: z.array(text).default([]),
  /** What the subject is told of the situation: a scene, never an instruction. At most about 120 tokens are seen. */
  scene: text,
  /** Who puts the trials. */
  experimenter: z.object({ id, name: text, relationship: text.optional() }),
  people: z.array(person).default([]),
  /** "numbered": options are answered by their number; "named": by their words. */
  reading: z.enum(["numbered", "named"]),
  /** What a numbered option is called. @default "option" */
  noun: text.default("option"),
  question: text.optional(),
  options: z.array(option).min(2).optional(),
  trials: z.array(trial).min(1),
  arms: z.array(arm).min(1),
  /** Arms that are run unless others are asked for. */
  runs: z.array(id).min(1),
  /** The arm that others are held against, where there is one. */
  control: id.default("control"),
});

/**
 * An experiment with several people, as a psychologist writes it down: who is in the room, in which order they answer,
 * what they say by rule, what is asked, and the arms that are compared. Each trial is one question of the experimenter;
 * those before the subject answer aloud, then the subject, and those after it before the next trial.
 */
export const protocolSchema = form.superRefine((protocol, context) => {
  for (const message of contradictions(protocol)) context.addIssue({ code: "custom", message });
});
export type Protocol = z.infer<typeof form>;

/** The options of a trial; none where the protocol gives none. */
export const optionsOf = (protocol: Pick<Protocol, "options">, { options }: Trial): readonly Option[] =>
  options ?? protocol.options ?? [];

/** Whether conformity is measured in this trial. */
export const isCritical = ({ filler, group, correct }: Trial): boolean => !filler && group !== correct;

/** The trials of an arm in the order in which they are put. */
export const trialsOf = ({ trials }: Protocol, arm: Arm): Trial[] =>
  arm.trials ? arm.trials.flatMap((wanted) => trials.filter((each) => each.id === wanted)) : [...trials];

/** The question of a trial, filled with its facts and options in one pass; names that are not known stay as they are. */
export function questionOf(protocol: Protocol, trial: Trial): string {
  const values = new Map(Object.entries(trial.facts));
  for (const [at, { says }] of optionsOf(protocol, trial).entries()) values.set(`option ${at + 1}`, says);
  const question = trial.question ?? protocol.question ?? "";
  return question.replaceAll(/\{([^{}]+)\}/gu, (whole, name: string) => String(values.get(name) ?? whole));
}

function* contradictions(protocol: Protocol): Generator<string> {
  const { people, experimenter, trials, arms, runs } = protocol;
  const seats = [experimenter.id, ...people.map((each) => each.id)];
  yield* twice("the seat", [...seats, SUBJECT_SEAT]);
  yield* twice(
    "the trial",
    trials.map((each) => each.id),
  );
  yield* twice(
    "the arm",
    arms.map((each) => each.id),
  );
  for (const each of trials) {
    const options = optionsOf(protocol, each).length;
    const question = questionOf(protocol, each);
    if (options === 0) yield `trial ${each.id} has no options, and the protocol has none for all`;
    if (question === "") yield `trial ${each.id} has no question, and the protocol has none for all`;
    const open = /\{[^{}]+\}/u.exec(question)?.[0];
    if (open) yield `nothing in trial ${each.id} fills ${open} of its question`;
    if (options > 0 && Math.max(each.group, each.correct ?? 1) > options)
      yield `trial ${each.id} has ${options} options; "group" and "correct" must be numbers of these`;
  }
  for (const each of arms) {
    const known = people.map((one) => one.id);
    if (each.order.filter((seat) => seat === SUBJECT_SEAT).length !== 1)
      yield `the order of arm ${each.id} must name "${SUBJECT_SEAT}" once`;
    yield* twice(`in the order of arm ${each.id}, the seat`, each.order);
    yield* strangers(each.order, [...known, SUBJECT_SEAT], `the order of arm ${each.id} names`, "is no seat");
    yield* strangers(Object.keys(each.answers), known, `the answers of arm ${each.id} name`, "is no seat");
    yield* twice(`in arm ${each.id}, the trial`, each.trials ?? []);
    yield* strangers(
      each.trials ?? [],
      trials.map((one) => one.id),
      `arm ${each.id} names the trial`,
      "is not there",
    );
  }
  yield* strangers(
    runs,
    arms.map((each) => each.id),
    "runs names",
    "is no arm",
  );
  const scripts = [
    ...people.map(({ answers }) => answers),
    ...arms.flatMap(({ answers }) => Object.values(answers)),
  ];
  for (const answers of scripts) {
    if (typeof answers === "object")
      yield* strangers(
        Object.keys(answers),
        trials.map((one) => one.id),
        "fixed words are for the trial",
        "is not there",
      );
    else if (answers === "correct" && trials.some(({ correct }) => correct === undefined))
      yield 'a seat answers "correct", but a trial has no right option';
  }
}

function* twice(what: string, names: readonly string[]): Generator<string> {
  for (const [at, name] of names.entries())
    if (names.indexOf(name) !== at) yield `${what} ${name} is there twice`;
}

function* strangers(
  names: readonly string[],
  known: readonly string[],
  says: string,
  but: string,
): Generator<string> {
  for (const name of names) if (!known.includes(name)) yield `${says} ${name}, which ${but}`;
}
