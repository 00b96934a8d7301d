import { contentHash } from "../core/content-hash.js";
import {
  asker,
  type Instrument,
  type InstrumentPlan,
  type Item,
  type PlanRequest,
  type SessionPlan,
} from "../core/contract.js";
import { measures } from "./answered-cases.js";
import { casesOf, chosenCases, problemsOf, readCaseFile } from "./case-file.js";
import {
  type CaseData,
  type GroupCase,
  type Settings,
  type Shares,
  settings,
  sharesText,
} from "./group-case.js";
import { readChoice } from "./read-choice.js";
import { readLogprobs } from "./read-logprobs.js";
import { readNumbers } from "./read-numbers.js";
import { normsOf, scoreOf } from "./scored-case.js";
import { tables } from "./tables.js";
import { askCharacter, askForLetter, askForNumbers, groupSystem, personSystem } from "./wording.js";

/** Most alternatives of a token that OpenAI's protocol allows; more than any case has options. */
const ALTERNATIVES = 20;

/** SimBench: how closely a group's answers are simulated (Hu et al. 2025, arXiv 2510.17516). */
const simbench: Instrument<Settings, CaseData, Shares> = {
  name: "simbench",
  version: "1",
  title: "SimBench",
  about: [
    "Questions that groups of people have answered, from 20 data sets (Hu et al. 2025, arXiv 2510.17516): the share of the group that chose each option is held against a simulated one. The data set is not part of this package (CC BY-NC-SA 4.0; its sources keep their own terms): give your own copy.",
    "Score of a case: 100 (1 - TV / norm), TV being half the sum of the differences between both distributions, the norm the mean TV of the uniform answer over all cases of the data set in the file, also when only some are asked. 0 is as good as the uniform answer, 100 the people's own answer. The score is the mean over cases. Words of the prompts are ours; what stands in the system and the user message, and the arithmetic, are the authors'.",
    "Ways: “numbers” asks a model for the percentages of its group; “logprobs” reads the chance of each option's letter from the first token, where the server gives it (letters that it does not list have no weight); “personas” asks a model as one person after another, each once; “simulacra” asks the run's characters once each.",
    "A persona is one line made of what the case says of its group, and a number. Where the case says no more, personas differ by that number and by the chance of sampling only: at temperature 0 they may all say the same.",
    "Characters answer as themselves and are not told of the group: they stand for it only so far as they belong to it.",
    "A population of few people cannot come close to a distribution: what as many people drawn from the human answers would score stands beside the score. So does the noise floor, the score to expect of the people themselves, as many drawn again (exact, by the binomial distribution). It takes every answer as one person's; weighted surveys carry less, so their true floor is lower.",
    "Refused and unparsable answers enter no score; they are counted. Intervals draw data sets, then cases: they speak of other data sets of this kind, and are wide where there are few.",
  ],
  settings,
  validate,
  plan,
  parse: (reply, { data: { way, options } }) => {
    if (way === "numbers") return readNumbers(reply, options);
    return way === "logprobs" ? readLogprobs(reply, options) : readChoice(reply, options);
  },
  score: ({ shares, covered }, { data }) => {
    // One person of many has no score of their own.
    if (data.way === "personas" || data.way === "simulacra") return {};
    const { score, distance } = scoreOf(data, shares);
    return {
      ...(typeof score === "number" && { score }),
      ...(typeof distance === "number" && { distance }),
      ...(covered !== undefined && { covered }),
    };
  },
  measures,
  tables,
};
export default simbench;

async function validate({ settings: { data, way }, characters }: PlanRequest<Settings>): Promise<string[]> {
  return [
    ...(way === "simulacra" && characters.length === 0
      ? ["--set way=simulacra asks the run's characters: name some with --characters."]
      : []),
    ...problemsOf(await readCaseFile(data), data),
  ];
}

/** Every case asked in a session of one: once of a model, or once of each person. */
async function plan(request: PlanRequest<Settings>): Promise<InstrumentPlan<CaseData>> {
  const { settings, seed } = request;
  const all = await casesOf(settings.data);
  const norms = normsOf(all);
  const cases = chosenCases(all, settings.limit, seed);
  const byId = new Map(cases.map((each) => [each.id, each]));
  const versions = new Map(
    cases.map(({ line: _line, ...content }) => [
      content.id,
      contentHash([content, norms.get(content.dataset)]).slice(0, 12),
    ]),
  );
  return {
    *sessions() {
      for (const each of cases)
        for (let repeat = 1; repeat <= request.repeats; repeat++)
          for (const { item, ...asked } of askedOnce(each, request))
            yield { ...asked, repeat, seed, items: [{ id: item, version: versions.get(each.id) ?? "" }] };
    },
    item({ items, condition: { framing } }, position): Item<CaseData> {
      const id = caseOf(items[position]?.id ?? "");
      const found = byId.get(id);
      if (!found) throw new Error(`There is no case ${id} in this plan.`);
      const { way } = settings;
      const { dataset, options, human, groupSize, groupedBy } = found;
      const people = {
        numbers: 1,
        logprobs: 1,
        personas: settings.people,
        simulacra: request.characters.length,
      };
      const text = {
        numbers: () => askForNumbers(found),
        logprobs: () => askForLetter(found),
        personas: () => askForLetter(found),
        simulacra: () => askCharacter(found, framing),
      };
      return {
        lines: [{ by: asker[framing].id, text: text[way]() }],
        data: {
          case: id,
          way,
          dataset,
          options,
          human,
          groupSize,
          groupedBy,
          norm: norms.get(dataset) ?? null,
          people: people[way],
        },
        key: sharesText(human),
      };
    },
  };
}

/** Who is asked a case, and under which name it stands in the ledger. */
function* askedOnce(
  each: GroupCase,
  { settings: { way, people }, characters, methods, models, framing }: PlanRequest<Settings>,
): Iterable<Pick<SessionPlan, "subject" | "condition"> & { item: string }> {
  for (const model of models) {
    if (way === "simulacra") {
      for (const method of methods)
        for (const { id: character } of characters)
          yield {
            item: each.id,
            subject: { kind: "simulacrum", character, method, model },
            condition: { method, model, framing, arm: "" },
          };
      continue;
    }
    // A bare model has nobody before it: the framing does not touch it.
    const condition = { method: way, model, framing: "neutral", arm: "" } as const;
    if (way === "personas")
      for (let person = 1; person <= people; person++)
        yield {
          item: `${each.id}${PERSON}${person}`,
          subject: { kind: "model", id: `person ${person}`, model, system: personSystem(each, person) },
          condition,
        };
    else {
      const asked = { kind: "model", id: each.dataset, model, system: groupSystem(each) } as const;
      yield {
        item: each.id,
        subject: way === "logprobs" ? { ...asked, topLogprobs: ALTERNATIVES } : asked,
        condition,
      };
    }
  }
}

const PERSON = "/person-";
const caseOf = (item: string): string => item.split(PERSON)[0] ?? item;
