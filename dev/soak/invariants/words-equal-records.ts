import type { HomeSnapshot } from "../home-snapshot.js";
import type { Violation } from "../violation.js";

const violation = (what: string): Violation => ({ invariant: "index equals database", what });

/** The full-text index and the term frequencies hold what the records hold, no more and no less. */
export function wordsEqualRecords({ memory }: HomeSnapshot): Violation[] {
  const found: Violation[] = [];
  const records = memory
    .prepare("SELECT id, namespace, terms FROM memory_records WHERE terms IS NOT NULL")
    .all() as { id: number; namespace: number; terms: string }[];
  const counted = new Map<string, number>();
  const matching = memory
    .prepare("SELECT 1 FROM memory_words WHERE rowid = ? AND memory_words MATCH ?")
    .pluck();
  for (const { id, namespace, terms } of records) {
    const own = new Set(terms === "" ? [] : terms.split("\n"));
    for (const term of own)
      counted.set(`${term}\n${namespace}`, (counted.get(`${term}\n${namespace}`) ?? 0) + 1);
    const [first] = own;
    const asked = `place: n${namespace}${first === undefined ? "" : ` AND own: "${first.replaceAll('"', '""')}"`}`;
    if (matching.get(id, asked) === undefined) found.push(violation(`words of record ${id} are missing`));
  }
  const indexed = memory.prepare("SELECT rowid FROM memory_words_docsize").pluck().all() as number[];
  const known = new Set(records.map(({ id }) => id));
  for (const id of indexed) if (!known.has(id)) found.push(violation(`words of record ${id}, which is gone`));
  for (const { term, namespace, documents } of memory.prepare("SELECT * FROM memory_terms").all() as {
    term: string;
    namespace: number;
    documents: number;
  }[]) {
    const right = counted.get(`${term}\n${namespace}`) ?? 0;
    if (right !== documents) found.push(violation(`“${term}” counts ${documents}, and stands in ${right}`));
    counted.delete(`${term}\n${namespace}`);
  }
  for (const term of counted.keys()) found.push(violation(`“${term.split("\n")[0]}” is not counted`));
  return found;
}
