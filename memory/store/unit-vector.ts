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

/** Inverse of {@link vectorBytes}; a copy, aligned. */
export function bytesVector(bytes: Buffer): Float32Array {
  const copy = new Float32Array(bytes.byteLength / 4);
  Buffer.from(copy.buffer).set(bytes);
  return copy;
}
