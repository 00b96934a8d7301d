import { mayRecall } from "../../../memory/ownership.js";
import type { HomeSnapshot } from "../home-snapshot.js";
import type { Journal } from "../journal.js";
import { markOf, marksIn } from "../message-marks.js";
import type { SeenPrompt } from "../soak-model.js";
import type { Violation } from "../violation.js";

const violation = (what: string): Violation => ({ invariant: "no confidence crossed", what });

/** What a message tells stands only in records of people who all heard it. */
export function noConfidenceCrossed(snapshot: HomeSnapshot, journal: Journal): Violation[] {
  return snapshot.rows.flatMap(({ namespace, key, value, text }) => {
    const owners = (value as { audience?: string[] }).audience ?? [];
    return marksIn(text)
      .filter((number) => !mayRecall(journal.said.get(number)?.audience ?? [], owners))
      .map((number) => {
        const heard = journal.said.get(number)?.audience.join(", ") ?? "nobody known";
        const place = `${namespace.join("/")} ${key}`;
        return violation(
          `${markOf(number)}, told to ${heard}, stands in ${place} of ${owners.join(", ") || "all"}`,
        );
      });
  });
}

/**
 * A prompt of a turn shows only what everyone now present was there to hear; a prompt between the turns only what one
 * and the same people heard.
 */
export function confidenceCrossedIn(prompt: SeenPrompt, journal: Journal): Violation[] {
  const audience = (number: number) => journal.said.get(number)?.audience ?? [];
  const marks = marksIn(prompt.text);
  const [now = marks[0]] = prompt.said === null ? [] : marksIn(prompt.said);
  if (now === undefined) return [];
  const present = audience(now);
  const together = prompt.said !== null;
  return marks
    .filter((number) =>
      together ? !mayRecall(audience(number), present) : audience(number).join() !== present.join(),
    )
    .map((number) =>
      violation(
        `${markOf(number)}, told to ${audience(number).join(", ")}, was shown to ${prompt.agent} before ${present.join(", ")} (${markOf(now)})`,
      ),
    );
}

/** The voice is shown the exchange before this one in the conversation, not only as a memory: it does not lose its thread. */
export function threadLostIn(prompt: SeenPrompt, journal: Journal): Violation[] {
  if (prompt.agent !== "respond" || prompt.said === null) return [];
  const [now, ...others] = marksIn(prompt.said);
  const said = now === undefined || others.length > 0 ? undefined : journal.said.get(now);
  if (!said || said.follows === null || said.fate !== "under-way" || !said.alone || said.mayBeGone) return [];
  const shown = marksIn(prompt.talk);
  if (shown.includes(said.follows)) return [];
  return [
    {
      invariant: "conversations go on",
      what: `${markOf(said.number)} in ${said.thread} was answered without ${markOf(said.follows)}, said just before; shown were ${shown.map(markOf).join(", ")}`,
    },
  ];
}
