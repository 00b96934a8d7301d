type Comparison = (value: unknown, wanted: unknown) => boolean;

/** LangGraph's comparisons: equality is strict, order is numeric. */
const comparisons: Readonly<Record<string, Comparison>> = {
  $eq: (value, wanted) => value === wanted,
  $ne: (value, wanted) => value !== wanted,
  $gt: (value, wanted) => Number(value) > Number(wanted),
  $gte: (value, wanted) => Number(value) >= Number(wanted),
  $lt: (value, wanted) => Number(value) < Number(wanted),
  $lte: (value, wanted) => Number(value) <= Number(wanted),
  $in: (value, wanted) => Array.isArray(wanted) && wanted.includes(value),
  $nin: (value, wanted) => !Array.isArray(wanted) || !wanted.includes(value),
};

/** True where a value meets every condition of a LangGraph search filter (`$eq $ne $gt $gte $lt $lte $in $nin`). */
export function meetsFilter(
  value: Readonly<Record<string, unknown>>,
  filter: Readonly<Record<string, unknown>>,
): boolean {
  return Object.entries(filter).every(([field, condition]) => {
    const stored = value[field];
    if (!isOperators(condition)) return stored === condition;
    return Object.entries(condition).every(([operator, wanted]) => comparisons[operator]!(stored, wanted));
  });
}

function isOperators(condition: unknown): condition is Record<string, unknown> {
  return (
    typeof condition === "object" &&
    condition !== null &&
    !Array.isArray(condition) &&
    Object.keys(condition).length > 0 &&
    Object.keys(condition).every((key) => Object.hasOwn(comparisons, key))
  );
}
