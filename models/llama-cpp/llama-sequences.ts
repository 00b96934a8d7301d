/** A sequence with what works on it; `used` says when it was used last. */
export interface Slot<Held> {
  held: Held;
  /** The tokens that it holds. */
  tokens(): readonly number[];
  busy: boolean;
  used: number;
}

/** Prefixes that differ by less are taken for equally long: every prompt begins with the same marks. */
const ALIKE_TOKENS = 40;

/**
 * Free sequences of a context. A prompt goes where most of it has been read already; where none is much better than
 * another, to the one that was used least recently. So every agent has, in effect, a sequence of its own.
 */
export class LlamaSequences<Held> {
  private clock = 0;
  private readonly waiting: (() => void)[] = [];

  constructor(private readonly slots: readonly [Slot<Held>, ...Slot<Held>[]]) {}

  /** What works on any of them, for what needs none to itself. */
  get any(): Held {
    return this.slots[0].held;
  }

  /** Works with the best free sequence, once one is free. */
  async use<T>(prompt: readonly number[], work: (held: Held) => Promise<T>): Promise<T> {
    while (this.slots.every(({ busy }) => busy)) await new Promise<void>((free) => this.waiting.push(free));
    const slot = this.best(prompt);
    slot.busy = true;
    slot.used = ++this.clock;
    try {
      return await work(slot.held);
    } finally {
      slot.busy = false;
      this.waiting.shift()?.();
    }
  }

  private best(prompt: readonly number[]): Slot<Held> {
    const free = this.slots
      .filter(({ busy }) => !busy)
      .map((slot) => ({ slot, shared: shared(slot.tokens(), prompt) }));
    const most = Math.max(...free.map((one) => one.shared));
    const good = free.filter((one) => one.shared >= most - ALIKE_TOKENS).map(({ slot }) => slot);
    return good.reduce((oldest, slot) => (slot.used < oldest.used ? slot : oldest));
  }
}

function shared(held: readonly number[], prompt: readonly number[]): number {
  let count = 0;
  while (count < held.length && count < prompt.length && held[count] === prompt[count]) count++;
  return count;
}
