import type { BaseMessage, BaseMessageLike } from "@langchain/core/messages";
import { type Runnable, type RunnableConfig, RunnableLambda } from "@langchain/core/runnables";
import type { Interlocutor } from "../agents/mind.js";
import type { Character } from "../data/character.js";
import { introduction } from "./introduction.js";
import { checkTalkOptions, type Room } from "./tool-options.js";

/** A simulacrum as a subagent needs it: its graph keeps no checkpoints of its own, the memory knows the conversation. */
export interface Delegate {
  readonly character: Character;
  readonly disclosure: string;
  readonly graph: {
    invoke(
      input: {
        messages: BaseMessageLike[];
        interlocutor: Interlocutor | null;
        present: Interlocutor[] | null;
      },
      config?: RunnableConfig,
    ): Promise<{ messages: BaseMessage[] }>;
  };
}

export interface SimulacrumSubagentOptions extends Room {
  /** By which the host's model calls them, and `lc_agent_name` of their runs. @default the character's id */
  name?: string;
  /** @default introduces the character, and says that an AI plays the part */
  description?: string;
}

/** A subagent that is already built, as `createDeepAgent({subagents})` takes it. */
export interface SimulacrumSubagent {
  name: string;
  description: string;
  runnable: Runnable<{ messages: BaseMessageLike[] }, { messages: BaseMessage[] }>;
}

/**
 * A simulacrum as a compiled subagent. It reads the `messages` of the state it is given and writes `messages` only:
 * whatever else a host keeps under any name neither reaches it nor is changed. Its conversation is the caller's
 * `thread_id`; without one each task stands alone.
 * @throws SimulacraError `invalid_option` for people who are none
 */
export function simulacrumAsSubagent(
  { character, disclosure, graph }: Delegate,
  options: SimulacrumSubagentOptions = {},
): SimulacrumSubagent {
  checkTalkOptions(options);
  const { interlocutor = null, present } = options;
  const name = options.name ?? character.id;
  const runnable = RunnableLambda.from(
    async ({ messages }: { messages: BaseMessageLike[] }, config: RunnableConfig) => {
      const turn = await graph.invoke(
        { messages, interlocutor, present: present ? [...present] : null },
        config,
      );
      return { messages: turn.messages };
    },
  ).withConfig({ runName: name, metadata: { lc_agent_name: name } });
  return { name, description: options.description ?? introduction({ character, disclosure }), runnable };
}
