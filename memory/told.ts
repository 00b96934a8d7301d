import { terms } from "./ranking/terms.js";

/** Fewest telling words that answer and memory share, and the share of the shorter one that they are. Our own choice. */
const FEWEST_COMMON = 3;
const LEAST_SHARE = 0.25;

/** Whether an answer tells of a memory: it has words of it that the question had not brought. */
export function tellsOf(answer: string, memory: string, said: string): boolean {
  const asked = new Set(terms(said));
  const fresh = (text: string) => new Set(terms(text).filter((term) => !asked.has(term)));
  const [told, known] = [fresh(answer), fresh(memory)];
  const common = [...told].filter((term) => known.has(term)).length;
  return common >= FEWEST_COMMON && common >= LEAST_SHARE * Math.min(told.size, known.size);
}
