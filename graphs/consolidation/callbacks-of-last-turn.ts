import { isDeepStrictEqual } from "node:util";
import type { RunnableConfig } from "@langchain/core/runnables";
import { peopleNamed } from "../../agents/turn.js";
import { audienceFor, withAudience } from "../../memory/ownership.js";
import type { DueRecord } from "../../memory/turn-record.js";
import type { TurnOptions } from "../simulacrum/options.js";

/**
 * The callbacks that a caller gave with the last turn. Consolidation tells them of what was said among the same people,
 * and of nothing else: whoever watches one person's turns is not to read what another has confided.
 */
export class CallbacksOfLastTurn {
  private last: { callbacks: RunnableConfig["callbacks"]; where: string[] } | undefined;

  /** A manager belongs to a host's run, which is over when consolidation begins: only handlers are kept. */
  note({ callbacks, thread, interlocutor, present }: TurnOptions): void {
    const audience = audienceFor(peopleNamed({ present, interlocutor }), thread);
    this.last =
      Array.isArray(callbacks) && audience.length > 0
        ? { callbacks, where: withAudience(audience, "short") }
        : undefined;
  }

  /** What is handed on to the consolidation of an episode. */
  of({ episode }: DueRecord): Pick<RunnableConfig, "callbacks"> {
    const { callbacks, where } = this.last ?? {};
    return callbacks && isDeepStrictEqual(episode.namespace, where) ? { callbacks } : {};
  }
}
