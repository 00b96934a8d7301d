import { createHash } from "node:crypto";
import type { BaseMessage } from "@langchain/core/messages";
import { audienceLabel } from "../../memory/ownership.js";

/** Key in an answer's `additional_kwargs` under which it is known among whom it was said. */
const PEOPLE_MARK = "simulacra_people";

/** The mark of a talk that nobody put a name to: a host may go on with it in another thread. */
const NOBODY_NAMED = "thread";

/**
 * Among whom a talk is held, as a mark that names nobody. It goes where a host takes the answers, its checkpoints too:
 * a talk stays with its people also where no memory knows the thread.
 */
export const peopleMark = (characterId: string, people: readonly { id: string }[]): string =>
  people.length === 0
    ? NOBODY_NAMED
    : createHash("sha256")
        .update(`${characterId}\n${audienceLabel(people.map(({ id }) => id))}`)
        .digest("hex")
        .slice(0, 16);

/** What an answer carries. */
export const marked = (mark: string): Record<string, unknown> => ({ [PEOPLE_MARK]: mark });

/** Whether one of these answers was given among other people. */
export const wasSaidAmongOthers = (
  messages: readonly BaseMessage[],
  characterId: string,
  mark: string,
): boolean =>
  messages.some(({ type, name, additional_kwargs }) => {
    const known: unknown = additional_kwargs[PEOPLE_MARK];
    return type === "ai" && name === characterId && typeof known === "string" && known !== mark;
  });
