import { recordNamespaces, threadRecordSchema } from "../../../memory/turn-record.js";
import type { HomeSnapshot } from "../home-snapshot.js";
import type { Violation } from "../violation.js";

/** Every conversation is found by each of its people, and by nobody else: forgetting goes by this. */
export function peopleIndexed(snapshot: HomeSnapshot): Violation[] {
  const [label] = recordNamespaces.threadsOf("");
  const entry = (namespace: readonly string[], thread: string) => JSON.stringify([namespace, thread]);
  const due = new Set(
    snapshot.under("threads").flatMap(({ key, value }) => {
      const audience = threadRecordSchema.safeParse(value).data?.audience ?? [];
      return audience.map((person) => entry(recordNamespaces.threadsOf(person), key));
    }),
  );
  const found = new Set(snapshot.under(label ?? "").map(({ namespace, key }) => entry(namespace, key)));
  const violation = (what: string): Violation => ({ invariant: "people find their conversations", what });
  return [
    ...[...due].filter((one) => !found.has(one)).map((one) => violation(`${one} is missing`)),
    ...[...found].filter((one) => !due.has(one)).map((one) => violation(`${one} leads nowhere`)),
  ];
}
