/** Whether an answer shows headings, tags or labels of a prompt, or lines that others are to say. */
export function leaks(answer: string, names: readonly string[]): boolean {
  const speakers = ["system", "user", "assistant", "human", "ai", "me", "you", ...names]
    .map((name) => name.replace(/[^\p{L}\p{N} -]/gu, ""))
    .join("|");
  return (
    /<\/?[a-z][a-z0-9-]*>|<\|/iu.test(answer) ||
    /^\s*#{1,6}\s/mu.test(answer) ||
    new RegExp(`^\\s*[*_]*(?:${speakers})[*_]*\\s*[:：]`, "imu").test(answer) ||
    /\b(?:key elements|self-description|your thought|your feeling|your mood|just said)\s*:/iu.test(answer)
  );
}
