import { z } from "zod";
import { givenName } from "./given-name.js";
import { audienceOf, mayRecall } from "./ownership.js";
import type { TurnRecord } from "./turn-record.js";

/** A name, and the turn in which it was given; without one the host said it. */
export const knownNameSchema = z.object({
  text: z.string().min(1),
  given: z.object({ thread: z.string(), turn: z.number().int(), at: z.iso.datetime() }).optional(),
  /** Before whom it was said; where that was not kept, before nobody else. */
  heard: z.array(z.string().min(1)).optional(),
});
export type KnownName = z.infer<typeof knownNameSchema>;

/** The name of one person, and others by which they were called: earlier ones, or before other people. */
export interface Named {
  person: string;
  name?: KnownName | undefined;
  /** The latest first. */
  otherNames: KnownName[];
}

/** So many names of one person are kept. */
const NAMES_KEPT = 8;

/**
 * The name by which somebody may be called before these people: the host's, else the latest they gave, as far as all of
 * them heard it. What two are called when they are alone is nobody else's.
 */
export function nameBefore(named: Named, present: readonly string[]): KnownName | undefined {
  const names = namesOf(named);
  return names.find(({ text }) => {
    const heard = names.flatMap((one) => (one.text === text ? heardBy(one, named.person) : []));
    return mayRecall(heard, present);
  });
}

/** The names with one more; the host's are said to stay, whatever somebody says of themself. */
export function withName<T extends Named>(named: T, fresh: KnownName): T {
  const isHosts = ({ given }: KnownName) => given === undefined;
  const isAgain = (one: KnownName) => isHosts(one) && isHosts(fresh) && one.text === fresh.text;
  const known = namesOf(named);
  const before = known.filter(isAgain).flatMap((one) => heardBy(one, named.person));
  const heard = audienceOf([...before, ...heardBy(fresh, named.person)]);
  const { text, given } = fresh;
  const isOpen = heard.some((one) => one !== named.person);
  const now = { text, ...(given && { given }), ...(isOpen && { heard }) };
  const all = [now, ...known.filter((one) => !isAgain(one))];
  return withNames(named, [...all.filter(isHosts), ...all.filter((one) => !isHosts(one))]);
}

/** The names without one that was given in a turn. */
export const withoutNameOf = <T extends Named>(named: T, { thread, turn }: TurnRecord): T =>
  withNames(
    named,
    namesOf(named).filter(({ given }) => given?.thread !== thread || given.turn !== turn),
  );

/** The name that somebody gives in what they say in a turn, where the host has called them by none before all present. */
export function nameGiven(
  named: Named,
  { thread, turn, at, audience }: TurnRecord,
  said: readonly string[],
  others: readonly string[],
): KnownName | undefined {
  const known = nameBefore(named, audience);
  if (known && (!known.given || known.given.at > at)) return undefined;
  let text = known?.text;
  for (const words of said) text = givenName(words, { known: text, others }) ?? text;
  if (text === undefined || text === known?.text) return undefined;
  return { text, given: { thread, turn, at }, heard: audience };
}

const namesOf = ({ name, otherNames }: Named): KnownName[] => [...(name ? [name] : []), ...otherNames];

const heardBy = ({ heard }: KnownName, person: string): string[] => heard ?? [person];

function withNames<T extends Named>({ name: _, ...named }: T, [name, ...others]: KnownName[]): T {
  return { ...named, ...(name && { name }), otherNames: others.slice(0, NAMES_KEPT - 1) } as T;
}
