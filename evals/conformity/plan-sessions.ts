import type { Character } from "../../data/character.js";
import { capitalised } from "../../data/words.js";
import { contentHash } from "../core/content-hash.js";
import type { InstrumentPlan, Item, Line, PlanRequest, SessionPlan, SubjectPlan } from "../core/contract.js";
import { seededRandom } from "../core/random.js";
import { aboutProtocol } from "./about.js";
import {
  type Arm,
  isCritical,
  optionsOf,
  type Protocol,
  questionOf,
  SUBJECT_SEAT,
  type Trial,
  trialsOf,
} from "./protocol.js";
import { shownAs } from "./read-option.js";
import { ASCH, type ConformitySettings } from "./settings.js";
import type { Party, TrialData } from "./trial-data.js";

type Request = PlanRequest<ConformitySettings>;

/** Nobody plays a group where nobody but the subject answers. */
const partyIn = ({ order }: Arm, { party }: ConformitySettings): Party =>
  order.length === 1 ? "scripted" : party;

/** The condition's name: that of the arm, and what makes it another one than Asch's with a scripted group. */
function nameOf({ id }: Protocol, arm: Arm, party: Party): string {
  const name = id === ASCH ? arm.id : `${id}: ${arm.id}`;
  return party === "simulacra" ? `${name} among simulacra` : name;
}

/** The arms that are run. */
export function armsOf(protocol: Protocol, { arms }: Pick<ConformitySettings, "arms">): Arm[] {
  const wanted = arms ?? protocol.runs;
  return protocol.arms.filter(({ id }) => wanted.includes(id));
}

/** Every arm for every character in every condition: one session of all its trials. */
export function planSessions(protocol: Protocol, request: Request): InstrumentPlan<TrialData> {
  const { settings, characters, methods, models, repeats, seed } = request;
  const arms = armsOf(protocol, settings).map((arm) => ({ ...itemsOf(protocol, arm, settings), arm }));
  return {
    ...(protocol.id !== ASCH && { title: protocol.title, about: aboutProtocol(protocol) }),
    *sessions() {
      for (const character of characters)
        for (const method of methods)
          for (const model of models)
            for (let repeat = 1; repeat <= repeats; repeat++)
              for (const { arm, name, party, items, scene, interlocutors } of arms) {
                const session: SessionPlan = {
                  subject: { kind: "simulacrum", character: character.id, method, model },
                  // The protocol brings its own situation: the framing of questionnaires has no part in it.
                  condition: { method, model, framing: "neutral", arm: name },
                  repeat,
                  seed,
                  items,
                  scene,
                  interlocutors,
                  ...(party === "simulacra" && {
                    parties: partiesOf(arm, character, model, request),
                    subjectAs: { id: SUBJECT_SEAT, name: character.name },
                  }),
                };
                yield session;
              }
    },
    item(session, position) {
      const planned = arms.find(({ name }) => name === session.condition.arm);
      const trial = planned?.trials[position];
      if (!planned || !trial)
        throw new Error(`There is no trial ${position} in arm ${session.condition.arm}.`);
      const { arm, trials, party } = planned;
      const options = optionsOf(protocol, trial);
      const data: TrialData = {
        protocol: protocol.id,
        isControl: arm.id === protocol.control,
        trial: protocol.trials.indexOf(trial) + 1,
        reading: protocol.reading,
        noun: protocol.noun,
        options,
        correct: trial.correct ?? null,
        group: trial.group,
        critical: isCritical(trial),
        criticalTrials: trials.filter(isCritical).length,
        party,
        experimenter: protocol.experimenter.id,
        literature: arm.literature,
      };
      const previous = trials[position - 1];
      const lines = linesOf(protocol, arm, { trial, previous, session, party });
      const key = trial.correct === undefined ? null : shownAs(trial.correct, data);
      return { lines, data, key } satisfies Item<TrialData>;
    },
  };
}

/** What the sessions of an arm have in common. */
function itemsOf(protocol: Protocol, arm: Arm, settings: ConformitySettings) {
  const party = partyIn(arm, settings);
  const { experimenter, people, reading, noun, version } = protocol;
  const seated = people.filter(({ id }) => arm.order.includes(id));
  const interlocutors = [experimenter, ...seated].map(({ id, name, relationship }) => ({
    id,
    name,
    ...(relationship !== undefined && { relationship }),
  }));
  const trials = trialsOf(protocol, arm);
  const { title: _title, literature: _literature, ...script } = arm;
  // What is heard depends on the trials before, so each item's version is that of the whole script.
  const { question, options } = protocol;
  const said = contentHash({ version, seated, question, options, trials, script, reading, noun, party });
  return {
    name: nameOf(protocol, arm, party),
    party,
    trials,
    items: trials.map(({ id }) => ({ id, version: said.slice(0, 12) })),
    scene: arm.scene ?? protocol.scene,
    interlocutors,
  };
}

/** Characters who may play a seat beside this subject. */
export function playersFor(
  subject: Pick<Character, "id">,
  { characters, settings }: Pick<Request, "characters" | "settings">,
): string[] {
  if (settings.partyCharacter !== undefined) return [settings.partyCharacter];
  return characters.map(({ id }) => id).filter((id) => id !== subject.id);
}

function partiesOf(
  arm: Arm,
  character: Character,
  model: string,
  request: Request,
): Record<string, SubjectPlan> {
  const players = playersFor(character, request);
  const seats = arm.order.filter((seat) => seat !== SUBJECT_SEAT);
  return Object.fromEntries(
    seats.map((seat, at) => {
      const player = players[at % players.length] ?? character.id;
      return [seat, { kind: "simulacrum", character: player, method: "prompt", model } as const];
    }),
  );
}

/** Seats that answer before the subject, and after it. */
function seatsOf({ order }: Arm): { before: string[]; after: string[] } {
  const at = order.indexOf(SUBJECT_SEAT);
  return { before: order.slice(0, at), after: order.slice(at + 1) };
}

/** What is said before the subject's turn: the rest of the trial before, the question, and the answers of those before it. */
function linesOf(
  protocol: Protocol,
  arm: Arm,
  {
    trial,
    previous,
    session,
    party,
  }: { trial: Trial; previous: Trial | undefined; session: SessionPlan; party: Party },
): Line[] {
  const { before, after } = seatsOf(arm);
  const says = (seat: string, of: Trial): Line =>
    party === "simulacra"
      ? { by: seat, ask: true }
      : { by: seat, text: scripted(protocol, arm, seat, of, session) };
  return [
    ...(previous ? after.map((seat) => says(seat, previous)) : []),
    { by: protocol.experimenter.id, text: questionOf(protocol, trial) },
    ...before.map((seat) => says(seat, trial)),
  ];
}

/** A seat's words by its rule. The wording is chosen by the seed, the same in every arm and for every method. */
function scripted(
  protocol: Protocol,
  arm: Arm,
  seat: string,
  trial: Trial,
  { seed, repeat }: Pick<SessionPlan, "seed" | "repeat">,
): string {
  const person = protocol.people.find(({ id }) => id === seat);
  if (!person) throw new Error(`The protocol ${protocol.id} has no seat ${seat}.`);
  const rule = arm.answers[seat] ?? person.answers;
  const fixed = typeof rule === "object" ? rule[trial.id] : undefined;
  if (fixed !== undefined) return fixed;
  const option = rule === "correct" ? (trial.correct ?? trial.group) : trial.group;
  const answer =
    protocol.reading === "numbered" ? String(option) : (optionsOf(protocol, trial)[option - 1]?.says ?? "");
  const ways = person.says;
  const way = ways[seededRandom(`${seed}/${repeat}/${seat}/${trial.id}`).below(ways.length)] ?? "{answer}.";
  return capitalised(way.replaceAll("{answer}", () => answer));
}
