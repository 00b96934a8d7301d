import type { RankedSearch } from "../store/ranked-search.js";
import type { RankingOptions } from "./contract.js";
import type { WeightedTerm } from "./lexical.js";
import type { ReadQuestion } from "./question.js";
import { synonymsOf } from "./synonyms.js";

/**
 * The question's terms with what may stand for each: synonyms, and the store's nearest word for one that it has
 * never seen. The original stays: only when nothing matches it does an alternative count.
 */
export async function questionWords(
  question: ReadQuestion,
  store: RankedSearch,
  namespaces: readonly string[][],
  options: RankingOptions,
): Promise<WeightedTerm[]> {
  const nearest =
    options.nearestWordWeight > 0 && question.longTerms.length > 0
      ? await store.nearestTerms(question.longTerms, namespaces)
      : new Map<string, string>();
  return question.terms.map((term) => {
    const near = nearest.get(term);
    const synonyms = options.synonymWeight > 0 ? synonymsOf(near ?? term) : [];
    return {
      term,
      alternatives: [
        ...(near === undefined ? [] : [{ term: near, weight: options.nearestWordWeight }]),
        ...synonyms.map((other) => ({ term: other, weight: options.synonymWeight })),
      ],
    };
  });
}
