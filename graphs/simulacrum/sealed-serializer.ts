import { createHash } from "node:crypto";
import type { SerializerProtocol } from "@langchain/langgraph-checkpoint";

/** What was stored is not what was written. */
export class BrokenSeal extends Error {
  override readonly name = "BrokenSeal";
}

/**
 * Writes a checksum before every value and checks it on reading: a damaged file may still hold JSON that can be parsed,
 * with other words in it or without a key that LangGraph takes for granted.
 */
export class SealedSerializer implements SerializerProtocol {
  constructor(private readonly inner: SerializerProtocol) {}

  async dumpsTyped(value: unknown): Promise<[string, Uint8Array]> {
    const [type, bytes] = await this.inner.dumpsTyped(value);
    return [type, Buffer.concat([Buffer.from(seal(type, bytes)), bytes])];
  }

  /** @throws BrokenSeal */
  async loadsTyped(type: string, stored: Uint8Array | string): Promise<unknown> {
    const data = Buffer.from(stored);
    const bytes = data.subarray(SEAL_LENGTH);
    if (data.subarray(0, SEAL_LENGTH).toString("latin1") !== seal(type, bytes))
      throw new BrokenSeal("its checksum is another");
    return this.inner.loadsTyped(type, bytes);
  }
}

const SEAL_LENGTH = 16;

const seal = (type: string, bytes: Uint8Array): string =>
  createHash("sha256").update(`${type}:`).update(bytes).digest("hex").slice(0, SEAL_LENGTH);
