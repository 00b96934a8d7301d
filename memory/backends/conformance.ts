import { itemConformance } from "./conformance/items.js";
import { layerConformance } from "./conformance/layers.js";
import { lockConformance } from "./conformance/locks.js";
import { rankedSearchConformance } from "./conformance/ranked-search.js";
import { type MakeStore, suiteOf, type TestRunner } from "./conformance/suite.js";
import { transactionConformance } from "./conformance/transactions.js";
import { upkeepConformance } from "./conformance/upkeep.js";

export { letterEmbeddings, type MakeStore, type TestRunner } from "./conformance/suite.js";

/**
 * What every memory store has to do, whatever it is made of: LangGraph's store interface, ranked search, transactions,
 * locks, layers, purging and late embedding. Call it in a test file with the runner's functions:
 * `storeConformance("mine", makeStore, { describe, it, expect })`.
 */
export function storeConformance(name: string, makeStore: MakeStore, runner: TestRunner): void {
  const suite = suiteOf(name, makeStore, runner);
  itemConformance(suite);
  rankedSearchConformance(suite);
  transactionConformance(suite);
  lockConformance(suite);
  layerConformance(suite);
  upkeepConformance(suite);
}
