import { contentHash } from "./content-hash.js";
import { asker, type Instrument, type SessionPlan } from "./contract.js";
import type { Subject } from "./subject.js";

/**
 * The key of a session: a hash of everything that decides its samples: instrument and version, who is measured (character,
 * memories, prompts, model and parameters are in the subject's version), condition, items and their versions, the others
 * in the room, repeat and seed. A sample's key is this and its position in the session.
 */
export function sessionKey(
  { name, version }: Pick<Instrument, "name" | "version">,
  session: SessionPlan,
  subject: Pick<Subject, "version">,
  parties: Readonly<Record<string, Pick<Subject, "version">>>,
): string {
  const { condition, repeat, seed, items, interlocutors, scene, subjectAs } = session;
  const others = Object.entries(parties).map(([seat, party]) => [seat, party.version]);
  return contentHash({
    name,
    version,
    // Blank is the same for every character, and yet each of them is to have samples of its own.
    whom: session.subject.kind === "simulacrum" ? session.subject.character : session.subject.id,
    subject: subject.version,
    condition,
    repeat,
    seed,
    items,
    // Whoever asks where the plan names nobody: how they are called stands in the prompt.
    present: interlocutors ?? [asker[condition.framing]],
    scene,
    subjectAs,
    others,
  });
}
