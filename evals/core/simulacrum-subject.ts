import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { BaseChatModel } from "@langchain/core/language_models/chat_models";
import { AIMessage, HumanMessage, SystemMessage } from "@langchain/core/messages";
import { mergeConfigs } from "@langchain/core/runnables";
import { answerSettings } from "../../agents/answer-defaults.js";
import { leftOut } from "../../agents/chosen-agents.js";
import { textOf } from "../../agents/conversation.js";
import { promptVersions } from "../../agents/prompt-versions.js";
import { METER_KEY } from "../../agents/turn.js";
import { timeOfProfile } from "../../data/age.js";
import type { Character } from "../../data/character.js";
import { SimulacraError } from "../../data/errors.js";
import { DEFAULT_METHOD, methodNamed } from "../../graphs/methods.js";
import type { SimulacrumOptions } from "../../graphs/simulacrum/options.js";
import { apartFromHost } from "../../graphs/simulacrum/own-run.js";
import { createSimulacrum, type Simulacrum } from "../../graphs/simulacrum/simulacrum.js";
import type { MemoryRecord } from "../../memory/record.js";
import { endReasonOf } from "../../models/end-reason.js";
import { contentHash } from "./content-hash.js";
import { modelIdentity, PromptHash } from "./prompt-hash.js";
import { SessionScope } from "./session-scope.js";
import type { Subject, SubjectReply, Turn } from "./subject.js";

/** A simulacrum to be measured: everything that decides its answers is named or passed in. */
export interface SubjectOptions
  extends Pick<
    SimulacrumOptions,
    | "character"
    | "method"
    | "agents"
    | "wiring"
    | "home"
    | "store"
    | "ranking"
    | "recallLimit"
    | "contextTokens"
    | "timeZone"
  > {
  model: BaseChatModel;
  agentModel?: BaseChatModel;
  embeddings: EmbeddingsInterface;
  embeddingModel: string;
}

/**
 * A character played by a method. Sessions share the simulacrum; each has its thread, an overlay of memory that vanishes
 * at its end, and its own clock.
 */
export class SimulacrumSubject implements Subject {
  readonly callsAnItem: number;

  private constructor(
    private readonly simulacrum: Simulacrum,
    readonly version: string,
  ) {
    this.callsAnItem = methodNamed(simulacrum.method).callsPerTurn;
  }

  /** @throws SimulacraError those of `createSimulacrum` */
  static async open(options: SubjectOptions): Promise<SimulacrumSubject> {
    // A session takes place when the profile holds: what is asked of age and work is right then.
    const start = timeOfProfile(options.character.profile);
    const simulacrum = await createSimulacrum({
      // Not the machine's: nothing may depend on where it stands.
      timeZone: "UTC",
      ...options,
      memoryMode: methodNamed(options.method ?? DEFAULT_METHOD).remembers ? "overlay" : "off",
      clock: () => SessionScope.now(start),
    });
    return new SimulacrumSubject(simulacrum, await versionOf(simulacrum, options));
  }

  async answer({ thread, interlocutors, scene, said, meter, config }: Turn): Promise<SubjectReply> {
    const prompt = new PromptHash();
    // Apart from the session's graph, whose run this is none of.
    const state = await apartFromHost(() =>
      this.simulacrum.graph.invoke(
        {
          messages: [
            ...(scene === undefined ? [] : [new SystemMessage(scene)]),
            ...said.map(({ by, text }) => new HumanMessage({ content: text, name: by })),
          ],
          interlocutor: null,
          present: interlocutors.map((person) => ({ ...person })),
        },
        {
          ...mergeConfigs(config, { callbacks: [prompt] }),
          configurable: { thread_id: thread, [METER_KEY]: meter },
          durability: "exit",
        },
      ),
    );
    const last = state.messages.at(-1);
    if (!(last instanceof AIMessage))
      throw new SimulacraError("internal", "The turn ended without an answer.", "internal");
    return {
      text: textOf(last),
      ...(endReasonOf(last) === "length" && { ended: "cut" }),
      mind: state.mind,
      degraded: state.degraded,
      promptHash: prompt.value,
    };
  }

  end(thread: string): Promise<void> {
    return this.simulacrum.endThread(thread);
  }

  close(): Promise<void> {
    return this.simulacrum.close();
  }
}

/** What decides a simulacrum's answers beside what it is asked. */
async function versionOf({ memory, method, agents }: Simulacrum, options: SubjectOptions): Promise<string> {
  const { model, agentModel, embeddingModel } = options;
  const { remembers, playsCharacter, embeds } = methodNamed(method);
  const without = leftOut(agents);
  const threshold = remembers ? await memory.ready() : undefined;
  const { version, budget, passages, recall } = answerSettings({ ...options, threshold });
  return contentHash({
    promptVersions,
    method,
    model: modelIdentity(model),
    answers: version,
    budget,
    ...(embeds && !remembers && { passages }),
    ...(without.length > 0 && { without }),
    ...(playsCharacter && { character: asPlayed(options.character) }),
    ...(embeds && { embeddingModel }),
    ...(remembers && {
      memories: (await memory.list()).filter(isOfLife).map(asRecalled),
      agentModel: agentModel && modelIdentity(agentModel),
      recall,
    }),
  });
}

/** The character without what the simulacrum never sees: a corrected question or licence changes no answer. */
function asPlayed({ questionnaire: _asked, scenarios: _put, source: _from, ...seen }: Character): object {
  return seen;
}

/** What was said to others in chats is not recalled before the people of a session, and may grow between two runs. */
const isOfLife = ({ audience }: MemoryRecord): boolean => audience.length === 0;

/** What prompts and ranking take of a memory. */
const recalledFields = [
  "id",
  "text",
  "denseText",
  "content",
  "thinking",
  "emotion",
  "summary",
  "importance",
  "valence",
  "arousal",
  "supersededBy",
] as const satisfies readonly (keyof (MemoryRecord & { id: string }))[];

const asRecalled = (memory: MemoryRecord & { id: string }): object =>
  Object.fromEntries(recalledFields.map((field) => [field, memory[field]]));
