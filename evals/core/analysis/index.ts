export { failUnder, type KnownNumbers, type Threshold } from "./fail-under.js";
export * from "./results.js";
export { ERROR_LIMIT, type ResultsRequest, resultsOf } from "./results-of.js";
