import type { BaseMessage } from "@langchain/core/messages";
import type { BaseCheckpointSaver } from "@langchain/langgraph-checkpoint";
import { exchangesOf, replaceWindow, stimulusOf, textOf } from "../../agents/conversation.js";
import { withoutStopped } from "../../agents/guard/marks.js";
import { messagesOfTurns } from "../../agents/memory/turn-messages.js";
import { interlocutorSchema } from "../../agents/mind.js";
import type { AgentDependencies } from "../../agents/turn.js";
import { SimulacraError } from "../../data/errors.js";
import { audienceLabel, threadAudience } from "../../memory/ownership.js";
import { otherPeople } from "../../memory/transcript.js";
import type { TurnRecord } from "../../memory/turn-record.js";
import type { SimulacrumGraph } from "./compiled-graph.js";
import type { TurnOptions } from "./contract.js";

/** Who takes a turn. */
export type Speakers = Pick<TurnOptions, "interlocutor" | "present">;

/** How many stored turns are looked through for those that the window lost. */
const LOOK_BACK = 20;

/**
 * The window of a thread's conversation, as the checkpointer holds it, kept in step with the memory, which is the truth.
 * Every method wants the thread's lock to be held.
 */
export class ThreadWindow {
  /** Who began the conversations that no memory knows. */
  private readonly begunBy = new Map<string, string>();

  constructor(
    private readonly graph: SimulacrumGraph,
    private readonly deps: AgentDependencies,
    private readonly checkpointer: BaseCheckpointSaver | undefined,
  ) {}

  /**
   * Refuses other people, or another method, before their words get into the conversation. With `opens` a new thread is
   * theirs from here on: no words come into a checkpoint whose owners the memory does not know.
   * @throws SimulacraError `thread_people`, `thread_method`; `invalid_input` for a speaker who is not in the room
   */
  async admit(thread: string, { interlocutor, present }: Speakers, opens = false): Promise<void> {
    if (interlocutor && present && !present.some(({ id }) => id === interlocutor.id)) {
      throw new SimulacraError(
        "invalid_input",
        `${interlocutor.name ?? interlocutor.id} speaks but is not among those present. Add them to the people present.`,
        "user",
        { thread },
      );
    }
    // Read as the graph would read them.
    const people = (present ?? (interlocutor ? [interlocutor] : [])).map((one) =>
      interlocutorSchema.parse(one),
    );
    const audience = people.length > 0 ? people.map(({ id }) => id) : threadAudience(thread);
    const transcript = this.deps.memory(thread)?.transcript;
    if (!transcript) return this.admitUnremembered(thread, audience);
    if (!(await transcript.thread(thread))) {
      // Whose words a window holds is known to the memory alone: where that was taken away, nobody may read on.
      if ((await this.messages(thread)).length > 0) await this.checkpointer?.deleteThread(thread);
      if (!opens) return;
    }
    const names = Object.fromEntries(
      people.flatMap(({ id, name }) => (name === undefined ? [] : [[id, name]])),
    );
    await transcript.openThread(thread, { audience, names, method: this.deps.method.id });
  }

  /** Where there is no memory: a conversation stays with those who began it, as far as this process or its words can tell. */
  private async admitUnremembered(thread: string, audience: readonly string[]): Promise<void> {
    const label = audienceLabel(audience);
    const speakers = (await this.messages(thread)).flatMap(({ type, name }) =>
      type === "human" && name !== undefined ? [name] : [],
    );
    if ((this.begunBy.get(thread) ?? label) !== label || speakers.some((name) => !audience.includes(name)))
      throw otherPeople(thread);
    this.begunBy.set(thread, label);
  }

  /**
   * Turns that were stored but whose checkpoint was lost (the process was killed in between) are put back into the window.
   * An answer that could not be stored is left out of it: the words before it wait for the next turn.
   * A window that was written by a clock ahead of ours is written anew: checkpoints are ordered by their time, and what
   * is added to it now would come before it, unseen.
   */
  async heal(thread: string): Promise<void> {
    if (!this.checkpointer) return;
    const turns = (await this.deps.memory(thread)?.transcript.turns(thread, LOOK_BACK)) ?? [];
    const { messages: window, earlier, writtenAt, unstored } = await this.read(thread);
    if (unstored && !turns.some(({ answer }) => answer.id === unstored.id))
      return this.leaveOut(thread, [unstored]);
    const told = wordsAlone(window, turns, this.deps.character.id);
    if (told.length > 0) return this.leaveOut(thread, told);
    const ahead = writtenAt !== undefined && Date.parse(writtenAt) > Date.now();
    const known = new Set(window.map((message) => message.id));
    const lost = window.length === 0 ? [] : lostTurns(turns, known);
    if (lost.length === 0 && !ahead) return;
    const messages = messagesOfTurns(lost, this.deps.character.id).filter(
      ({ id }) => id === undefined || !known.has(id),
    );
    if (ahead) await this.checkpointer.deleteThread(thread);
    if (window.length === 0) return;
    // The whole window is written: words that were said twice are not taken for a history sent again.
    await this.graph.updateState(
      configOf(thread),
      { messages: replaceWindow([...window, ...messages]), earlier: { talk: earlier } },
      "remember",
    );
  }

  /** What was said last and got no answer, because the turn failed. */
  async unanswered(thread: string): Promise<BaseMessage[]> {
    return stimulusOf(await this.messages(thread), this.deps.character.id);
  }

  /** Takes back what was said last: unanswered words first, else the last turn with all that it stored. */
  async withdraw(thread: string): Promise<{ stimulus: string; answer: string } | null> {
    const unanswered = await this.unanswered(thread);
    if (unanswered.length > 0) {
      await this.leaveOut(thread, unanswered);
      return { stimulus: unanswered.map(textOf).join("\n"), answer: "" };
    }
    const transcript = this.deps.memory(thread)?.transcript;
    const [turn] = (await transcript?.turns(thread, 1)) ?? [];
    const window = await this.messages(thread);
    const last = exchangesOf(window, this.deps.character.id).at(-1);
    if (last && (!turn || turn.answer.id === last.answer.id)) {
      const after = window.slice(window.findIndex((message) => message.id === last.answer.id) + 1);
      // The window first: cut short here, `heal` puts back what the memory still has.
      await this.leaveOut(thread, [...last.said, last.answer, ...after]);
    }
    await transcript?.withdrawTurn(thread);
    if (turn) return { stimulus: turn.stimulus.map(({ text }) => text).join("\n"), answer: turn.answer.text };
    return last ? { stimulus: last.said.map(textOf).join("\n"), answer: textOf(last.answer) } : null;
  }

  /** Writes the window anew without some messages; earlier checkpoints, which still hold them, go. */
  private async leaveOut(thread: string, messages: readonly BaseMessage[]): Promise<void> {
    const gone = new Set(messages.map(({ id }) => id));
    const window = await this.read(thread);
    const left = window.messages.filter(({ id }) => !gone.has(id));
    await this.checkpointer?.deleteThread(thread);
    if (left.length === 0) return;
    const talk = { messages: left, earlier: { talk: window.earlier } };
    await this.graph.updateState(configOf(thread), talk, "remember");
  }

  /** The messages that the checkpointer holds; none where there is none. */
  private async messages(thread: string): Promise<BaseMessage[]> {
    return (await this.read(thread)).messages;
  }

  /**
   * The window; what is known before it; when it was written, as the clock then was; and the answer that a turn ended
   * with before it was remembered, where it did.
   */
  private async read(thread: string): Promise<WindowRead> {
    if (!this.checkpointer) return { messages: [], earlier: [] };
    const { values, createdAt, next } = await this.graph.getState(configOf(thread));
    const { messages: held, earlier = [] }: { messages?: unknown; earlier?: BaseMessage[] } = values;
    const messages = Array.isArray(held) ? withoutStopped(held, this.deps.character.id) : [];
    const unstored = next.includes("remember") ? messages.at(-1) : undefined;
    return {
      messages,
      earlier,
      ...(createdAt !== undefined && { writtenAt: createdAt }),
      ...(unstored?.type === "ai" && { unstored }),
    };
  }
}

interface WindowRead {
  messages: BaseMessage[];
  earlier: BaseMessage[];
  writtenAt?: string;
  unstored?: BaseMessage;
}

/**
 * Of a window that holds no answer, the words that a stored turn has answered: without them the turn is read back from
 * the memory, with those before it.
 */
function wordsAlone(window: BaseMessage[], turns: readonly TurnRecord[], characterId: string): BaseMessage[] {
  if (exchangesOf(window, characterId).length > 0) return [];
  const stored = new Set(turns.flatMap(({ stimulus }) => stimulus.map(({ id }) => id)));
  return window.filter(({ id }) => id !== undefined && stored.has(id));
}

/**
 * Stored turns after the last that a window knows. Where it knows none of them it is not behind, but of another
 * conversation (a fork, or a history of the host's), or it holds nothing but words that wait for an answer.
 */
function lostTurns(turns: readonly TurnRecord[], known: ReadonlySet<string | undefined>): TurnRecord[] {
  const last = turns.findLastIndex((turn) => known.has(turn.answer.id));
  return last < 0 ? [] : turns.slice(last + 1);
}

const configOf = (thread: string) => ({ configurable: { thread_id: thread } });
