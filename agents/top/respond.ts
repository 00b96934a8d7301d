import { randomUUID } from "node:crypto";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { RunnableConfig } from "@langchain/core/runnables";
import { isSimulacraError, SimulacraError } from "../../data/errors.js";
import { describeMood } from "../../memory/mood.js";
import { callText } from "../../models/index.js";
import { checkAnswer } from "../guard/check-answer.js";
import type { GuardNote } from "../guard/guard.js";
import { stopNotice } from "../guard/marks.js";
import { marked, peopleMark } from "../memory/people-mark.js";
import type { MindState, MindUpdate } from "../mind.js";
import { VOICE_TEMPERATURE } from "../reply-settings.js";
import { clipped } from "../section.js";
import { situation } from "../situation.js";
import { type AgentDependencies, meterOf, peopleIn } from "../turn.js";
import { turnPrompt } from "../turn-prompt.js";
import { type TurnView, viewOf } from "../turn-view.js";
import { type RespondInput, respondNotes } from "./respond.prompt.js";
import { asksWhetherHuman, truthfulAnswer, withTruth } from "./sincere-question.js";
import { voiceFilter } from "./voice-filter.js";

/**
 * Top speaks: the one node whose tokens reach the user. All four methods pass here and differ only by what they know.
 * A stream that was cut midway is asked for once more; any other failure ends the run, and the stimulus stays in the thread.
 */
export const respond =
  (deps: AgentDependencies, known: (state: MindState) => Partial<RespondInput> = () => ({})) =>
  async (state: MindState, config: RunnableConfig): Promise<MindUpdate> => {
    // The guard has let nothing through that could be answered.
    if (state.stopped !== null) return { messages: [stopNotice(state.stopped, deps.character.id)] };
    const view = viewOf(state, deps);
    if (view.stimulus.length === 0) {
      throw new SimulacraError(
        "invalid_input",
        "There is nothing to answer: after the last answer nothing was said, or the message is empty. Say something.",
        "user",
      );
    }
    const meter = meterOf(config);
    // Top's judgement goes before what words show; without it, words decide.
    const judged = state.reflection?.asksIfMachine;
    const hinted = asksWhetherHuman(view.said);
    const sincereQuestion = judged ?? hinted;
    const input: RespondInput = {
      ...(deps.method.playsCharacter && { name: deps.character.name }),
      situation: situation(view, state, deps),
      ...(sincereQuestion &&
        deps.method.playsCharacter && { truth: truthfulAnswer(deps.character.name, view.said) }),
      ...known(state),
    };
    const correct = (sincereQuestion || hinted) && deps.method.playsCharacter;
    const asPerson = (text: string): string =>
      correct ? withTruth(text, deps.character.name, view.said, !sincereQuestion) : text;
    const notes: GuardNote[] = [];
    const guarded =
      deps.guard?.answer &&
      checkAnswer(deps, deps.guard.answer, view.said, state, config, (note) => notes.push(note));
    // Where the truth may have to be added, nobody hears a word before it is: not the host's stream either.
    const held = guarded || correct;
    const messages = turnPrompt(view, deps, { notes: respondNotes(input), words: (said) => said });
    const call = {
      model: deps.voice,
      messages,
      filter: voiceFilter(messages, deps.character.name, namesOf(view)),
      role: "respond",
      act: "respond",
      maxTokens: deps.budget.answer,
      temperature: VOICE_TEMPERATURE,
      config,
      ...(meter && { meter }),
      ...(held && {
        release: async (text: string) => (guarded ? guarded(asPerson(text)) : asPerson(text)),
      }),
    };
    const { text, message, endReason } = await callText(call).catch((error: unknown) => {
      if (isSimulacraError(error) && error.details.midStream === true) return callText(call);
      throw error;
    });
    if (endReason === "length")
      process.emitWarning(
        `The answer of ${deps.character.name} was longer than an answer may be, and was cut.`,
      );
    const answer = held ? text : asPerson(text);
    return {
      ...(notes.length > 0 && { guard: [...(state.guard ?? []), ...notes] }),
      messages: [
        new AIMessage({
          content: answer,
          name: deps.character.id,
          id: freshId(message.id, [...state.messages, ...(state.talk?.before ?? [])]),
          additional_kwargs: marked(peopleMark(deps.character.id, peopleIn(state))),
          ...(endReason === "length" && { response_metadata: { finish_reason: "length" } }),
          ...(message.usage_metadata !== undefined && { usage_metadata: message.usage_metadata }),
        }),
      ],
    };
  };

/** The id under which the answer was streamed, unless the server has given it before: some start counting at every start. */
function freshId(id: string | undefined, messages: readonly BaseMessage[]): string {
  return id === undefined || messages.some((known) => known.id === id) ? randomUUID() : id;
}

/** By what the others in the room may be called before words of theirs. */
const namesOf = ({ people }: TurnView): string[] => people.flatMap(({ id, name }) => [name ?? id]);

/** What the mind gives to the voice beside the memories: mood, and the parts of the agents that speak to it. */
export const fromTheMind =
  (deps: AgentDependencies) =>
  (state: MindState): Partial<RespondInput> => {
    const { mood } = state;
    const speaking = deps.agents.flatMap(({ voice, writes }) =>
      voice ? [{ ...voice, key: writes.key }] : [],
    );
    return {
      inner: speaking.map(({ section, key, text }) => {
        const part: unknown = state[key as keyof MindState];
        const words = part === null || part === undefined ? null : text(part);
        return { section, text: words && clipped(words, deps.budget.inner, deps.countTokens) };
      }),
      decide: speaking.flatMap(({ section, decides }) =>
        decides === undefined ? [] : [[section.replaceAll("-", " "), decides] as const],
      ),
      ...(mood && { mood: describeMood(deps.memory(undefined)?.moods.moved(mood, state.feeling) ?? mood) }),
    };
  };
