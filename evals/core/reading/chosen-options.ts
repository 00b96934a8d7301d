import {
  claimedAfter,
  claimedBefore,
  hintedBefore,
  judgedAfter,
  rejectedAfter,
  rejectedBefore,
  reportedBefore,
  supposedAfter,
  supposedBefore,
  takenBackBefore,
  takesBack,
} from "./choice-words.js";
import {
  type Choice,
  isAlone,
  letterNamings,
  type Naming,
  opensClause,
  textAfter,
  textBefore,
  textNamings,
} from "./named-options.js";

/**
 * What a reply does with the options it names: gives them as its answer, names them without more, asks, or turns them down
 * ("A goes too far"; also where it says something of them that cannot be taken for either).
 */
type Stance = "claimed" | "named" | "asked" | "rejected";
type Judged = Naming & { stance: Stance };

/**
 * The options that a reply chooses, in the order of the choices; empty where it chooses none that can be told. A letter goes
 * before an option's text, what is given as the answer ("I choose B", "B is right", a line of its own) before what is merely
 * named. An option that is turned down is not chosen. Where one is wanted and several are given as the answer, the last one
 * holds if the reply takes back what stands before it ("A. No wait, B."); else all are returned, and it is for the caller to
 * say that the reply cannot be read.
 * @param reply as `plainReply` gives it
 */
export function chosenOptions(
  reply: string,
  choices: readonly Choice[],
  { several = false }: { several?: boolean } = {},
): string[] {
  const found = chosenOf(reply, [letterNamings(reply, choices), textNamings(reply, choices, { several })], {
    several,
  });
  return choices.map(({ label }) => label).filter((label) => found.includes(label));
}

/**
 * The same of options that were found in another way.
 * @param kinds the namings of one kind each, the kind that goes before the others first
 */
export function chosenOf(
  reply: string,
  kinds: readonly (readonly Naming[])[],
  { several = false }: { several?: boolean } = {},
): readonly string[] {
  const all = kinds.map((namings) => judged(reply, namings));
  const ways = [
    ...all.map((of) => () => (several ? severalOf(reply, of) : oneOf(reply, of))),
    ...all.map((of) => () => labelsOf(of, "asked")),
  ];
  const found = ways.reduce<readonly string[]>((labels, way) => (labels.length > 0 ? labels : way()), []);
  return [...new Set(found)];
}

const labelsOf = (namings: readonly Judged[], stance: Stance): string[] =>
  namings.filter((naming) => naming.stance === stance).flatMap(({ labels }) => labels);

function oneOf(reply: string, namings: readonly Judged[]): readonly string[] {
  const claims = namings.filter(({ stance }) => stance === "claimed");
  const last = claims.at(-1);
  if (!last) return labelsOf(namings, "named");
  const differing = claims.slice(0, -1).filter(({ labels }) => labels.join() !== last.labels.join());
  const before = differing.at(-1);
  if (!before || takesBack.test(reply.slice(before.end, last.start))) return last.labels;
  return claims.flatMap(({ labels }) => labels);
}

/** Of several, all that are claimed, and what a list goes on with: "The answer is A. ropes, C) the lock". */
function severalOf(reply: string, namings: readonly Judged[]): readonly string[] {
  const from = namings.findLastIndex(
    ({ stance, start }) => stance === "claimed" && takenBackBefore.test(textBefore(reply, start)),
  );
  const valid = from < 0 ? namings : namings.slice(from);
  const first = valid.findIndex(({ stance }) => stance === "claimed");
  if (first < 0) return labelsOf(valid, "named");
  return valid
    .slice(first)
    .filter(({ stance, marked }) => stance === "claimed" || (stance === "named" && marked))
    .flatMap(({ labels }) => labels);
}

function judged(reply: string, namings: readonly Naming[]): Judged[] {
  return namings.map((naming) => ({ ...naming, stance: stanceOf(reply, naming) }));
}

function stanceOf(reply: string, { labels, start, end, by, marked }: Naming): Stance {
  const [before, after] = [textBefore(reply, start), textAfter(reply, end)];
  if (reportedBefore.test(before) || supposedBefore.test(before) || supposedAfter.test(after))
    return "rejected";
  if (rejectedBefore.test(before) && !takenBackBefore.test(before)) return "rejected";
  if (rejectedAfter.test(after)) return "rejected";
  const asked = /^[^.!?\n]*\?/u.test(after);
  if (claimedAfter.test(after) && (!asked || /^\s*\?/u.test(after))) return "claimed";
  if (judgedAfter.test(after) || goesElsewhere(after, marked, by)) return asked ? "asked" : "rejected";
  if (asked) return "asked";
  if (claimedBefore.test(before) || takenBackBefore.test(before)) return "claimed";
  // Several of their own in a line are more likely the question's options once more.
  if (labels.length === 1 && isAlone(before, after)) return "claimed";
  if (labels.length === 1 && opensClause(before) && /^\s*(?:[.!]\s|[.!]?$|\n)/u.test(after)) return "claimed";
  return hintedBefore.test(before) && /^\s*(?:$|[.!,;)\n])/u.test(after) ? "claimed" : "named";
}

/** "A) goes too far": a sentence about the option, and not its text in other words. */
const goesElsewhere = (after: string, marked: boolean, by: Naming["by"]): boolean =>
  by === "letter" && marked && /^\s+\p{Ll}+s(?![\p{L}'])(?!.*\?)/u.test(after);
