/** How far the clock of this process is from the real one, in milliseconds. */
let offset = 0;

const RealDate = Date;

class ShiftedDate extends RealDate {
  constructor(...given: unknown[]) {
    if (given.length === 0) super(RealDate.now() + offset);
    else super(...(given as [number]));
  }

  static override now(): number {
    return RealDate.now() + offset;
  }
}

/** Makes the clock of this process jump, for everything in it: what a clock that was set wrong does to a machine. */
export function shiftClock(offsetMs: number): void {
  offset = offsetMs;
  Reflect.set(globalThis, "Date", ShiftedDate);
}
