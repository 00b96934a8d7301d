/** A vector scaled to length 1, so that a dot product is a cosine; one without length stays 0. Null where not finite. */
export function unitVector(vector: readonly number[] | Float32Array): Float32Array | null {
  let squares = 0;
  for (const part of vector) squares += part * part;
  if (!Number.isFinite(squares)) return null;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  return Float32Array.from(vector, (part) => part * scale);
}

/** The bytes of a vector as stored: float32, in this machine's (little-endian) order. */
export function vectorBytes(vector: Float32Array): Buffer {
  return Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
}

/** Inverse of {@link vectorBytes}: a view of the same bytes where their place in memory allows it, else a copy. */
export function bytesVector(bytes: Buffer): Float32Array {
  const length = bytes.byteLength / 4;
  if (bytes.byteOffset % 4 === 0) return new Float32Array(bytes.buffer, bytes.byteOffset, length);
  const copy = new Float32Array(length);
  Buffer.from(copy.buffer).set(bytes);
  return copy;
}
