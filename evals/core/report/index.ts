export type { LoadOptions } from "./load-run.js";
export { type WrittenComparison, writeComparison } from "./write-comparison.js";
export { type WrittenReport, writeReport } from "./write-report.js";
