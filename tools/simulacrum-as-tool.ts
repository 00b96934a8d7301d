import type { Callbacks } from "@langchain/core/callbacks/manager";
import { type ToolRunnableConfig, tool } from "@langchain/core/tools";
import { z } from "zod";
import { threadOf } from "../agents/turn.js";
import type { Character } from "../data/character.js";
import { introduction } from "./introduction.js";
import { checkTalkOptions, type Room, toolName } from "./tool-options.js";

/** What a turn gives back, as far as a tool reads it. */
export interface SpokenTurn {
  answer: string;
}

/** A simulacrum as a tool needs it; `createSimulacrum` gives one. `Turn` is all that a turn gives back. */
export interface Speaking<Turn extends SpokenTurn> {
  readonly character: Character;
  readonly disclosure: string;
  ask(
    message: string,
    options?: Room & { thread?: string; signal?: AbortSignal; callbacks?: Callbacks; timeoutMs?: number },
  ): Promise<Turn>;
}

export interface SimulacrumToolOptions extends Room {
  /** @default "talk_to_" and the character's id */
  name?: string;
  /** What the calling model reads. @default introduces the character, and says that an AI plays the part */
  description?: string;
  /**
   * The conversation that the calls belong to; null: none, every call stands alone and leaves nothing behind.
   * @default the caller's `thread_id`, and none where the caller has none
   */
  thread?: string | null;
  /** Limit of one turn in milliseconds. @default none */
  timeoutMs?: number;
}

const input = z.object({
  message: z.string().trim().min(1).max(20_000).describe("What you say to them, addressed to them as 'you'."),
});

/**
 * A simulacrum as a LangChain tool: a message goes in, the answer comes out. The artifact is the whole turn (`mind`,
 * `degraded`, `usage`). The turn runs within the caller's trace and stops with the caller's signal. Who speaks is fixed
 * here and never chosen by the calling model.
 * @throws SimulacraError `invalid_option` for an empty thread, people who are none, or a `timeoutMs` that is no time
 */
export function simulacrumAsTool<Turn extends SpokenTurn>(
  simulacrum: Speaking<Turn>,
  options: SimulacrumToolOptions = {},
) {
  checkTalkOptions(options);
  const { character } = simulacrum;
  const { interlocutor, present, timeoutMs } = options;
  const fixed = {
    ...(interlocutor && { interlocutor }),
    ...(present && { present }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
  return tool(
    async ({ message }: z.infer<typeof input>, config: ToolRunnableConfig): Promise<[string, Turn]> => {
      const thread = options.thread === undefined ? threadOf(config) : (options.thread ?? undefined);
      const turn = await simulacrum.ask(message, {
        ...fixed,
        ...(thread !== undefined && { thread }),
        ...(config.signal && { signal: config.signal }),
        ...(config.callbacks && { callbacks: config.callbacks }),
      });
      return [turn.answer, turn];
    },
    {
      name: options.name ?? toolName("talk_to", character.id),
      description: options.description ?? introduction(simulacrum),
      schema: input,
      responseFormat: "content_and_artifact",
    },
  );
}
