/** Every message of a soak carries a word of its own, by which it is known wherever it turns up. */
export const markOf = (number: number): string => `qz${String(number).padStart(6, "0")}kx`;

/** Numbers of the messages whose marks stand in a text, in ascending order. */
export function marksIn(text: string): number[] {
  const found = new Set([...text.matchAll(/qz(\d{6})kx/gu)].map((match) => Number(match[1])));
  return [...found].sort((a, b) => a - b);
}
