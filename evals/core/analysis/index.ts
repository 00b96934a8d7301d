export { failUnder, type Threshold } from "./fail-under.js";
export * from "./results.js";
export { ERROR_LIMIT, type ResultsRequest, resultsOf } from "./results-of.js";
export type { Price, Prices, RoleModels } from "./usage-and-money.js";
