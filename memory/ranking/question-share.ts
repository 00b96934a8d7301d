const sentence = /[^.!?。！？\n]+[.!?。！？]*/gu;
const asks = /[?？][.!?。！？]*$/u;
const tells = /[\p{L}\p{N}]/u;

/** Share of a text's sentences that are questions, in [0, 1]: who asks does not tell. */
export function questionShare(text: string): number {
  if (!text.includes("?") && !text.includes("？")) return 0;
  let all = 0;
  let asked = 0;
  for (const [found] of text.matchAll(sentence)) {
    if (!tells.test(found)) continue;
    all += 1;
    if (asks.test(found)) asked += 1;
  }
  return all === 0 ? 0 : asked / all;
}
