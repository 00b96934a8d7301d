import { isHashedModel } from "../../memory/backends/embedder.js";
import { BruteForceStore } from "../../memory/backends/in-memory/brute-force-store.js";
import type { MemoryStore } from "../../memory/backends/memory-store.js";
import { calibratedThreshold } from "../../memory/calibrated-threshold.js";
import { installLifeMemories } from "../../memory/life-story.js";
import { neutralBaseline } from "../../memory/mood.js";
import { isAmong, LIFE } from "../../memory/ownership.js";
import { SimulacrumMemory } from "../../memory/simulacrum-memory.js";
import type { Transcript } from "../../memory/transcript.js";
import { DEFAULT_METHOD, methodNamed, methods } from "../methods.js";
import type { OpenedParts } from "./opened-parts.js";
import type { SimulacrumOptions } from "./options.js";

/** The memories of a simulacrum by thread, as its mode wants them. */
export interface SimulacrumMemories {
  /** The lasting memory. */
  readonly lasting: SimulacrumMemory;
  /** The memory that serves a thread; null where memory is off. */
  of(thread: string | undefined): SimulacrumMemory | null;
  /** What was said in a thread, in every mode. */
  transcript(thread: string): Transcript;
  /** Ends the layers of a person's threads; says which. */
  forget(person: string): Promise<string[]>;
  /** Ends a thread's layer: what was new in it vanishes. */
  end(thread: string): Promise<void>;
  /** Ends all layers. */
  endAll(): Promise<void>;
}

/** `persist`: one memory for all threads. `overlay`: each thread writes to a layer of its own. `off`: a thread knows what was said in it, and nothing else. */
export function simulacrumMemories(options: SimulacrumOptions, parts: OpenedParts): SimulacrumMemories {
  const { character, memoryMode = "persist", clock = () => new Date() } = options;
  const noMemory = whyNoMemory(options);
  const self = { name: character.name, aliases: character.aliases };
  // Told by the name, since embeddings may come wrapped; calibration and recall have to rank alike.
  const ranking = { hashedVectors: isHashedModel(parts.embeddingModel), ...options.ranking };
  const fromTheCharacter = async () => {
    await installLifeMemories(parts.store, character);
    const { store, embeddings, embeddingModel } = parts;
    const namespaces = [[...LIFE]];
    return calibratedThreshold({ store, embeddings, embeddingModel, namespaces, self, ranking });
  };
  const over = (store: MemoryStore, prepare: () => Promise<number | undefined>) =>
    new SimulacrumMemory({
      store,
      self,
      embeddings: parts.embeddings,
      baseline: character.personality.baseline ?? neutralBaseline,
      ranking,
      ...options.memory,
      ...(noMemory === undefined ? { prepare } : { noMemory }),
      clock,
      ...(options.timeZone !== undefined && { timeZone: options.timeZone }),
    });
  const lasting = over(parts.store, fromTheCharacter);
  const layers = new Map<string, { memory: SimulacrumMemory; store: MemoryStore }>();
  const serving = (thread: string | undefined): SimulacrumMemory => {
    if (memoryMode === "persist" || thread === undefined) return lasting;
    const layer = layers.get(thread) ?? layerOf();
    // The one that was used last stands last.
    layers.delete(thread);
    layers.set(thread, layer);
    const [oldest] = layers.keys();
    if (layers.size > KEPT_LAYERS && oldest !== undefined) void end(oldest);
    return layer.memory;
  };
  const layerOf = () => {
    const isOff = memoryMode === "off";
    const store = isOff ? new BruteForceStore({ clock }) : parts.store.layer({ clock });
    return { memory: over(store, isOff ? async () => undefined : () => lasting.ready()), store };
  };
  return {
    lasting,
    of: (thread) => (memoryMode === "off" ? null : serving(thread)),
    transcript: (thread) => serving(thread).transcript,
    async forget(person) {
      const told: string[] = [];
      for (const [thread, { memory }] of [...layers]) {
        const record = await memory.transcript.thread(thread);
        if (record && isAmong(person, record.audience)) told.push(thread);
      }
      for (const thread of told) await end(thread);
      return told;
    },
    end,
    async endAll() {
      for (const thread of [...layers.keys()]) await end(thread);
    },
  };

  async function end(thread: string): Promise<void> {
    const layer = layers.get(thread);
    layers.delete(thread);
    await layer?.store.stop();
  }
}

/** So many threads keep a layer of their own; nobody tells a library that a conversation is over. */
const KEPT_LAYERS = 1_000;

/** Why nothing can be recalled of this simulacrum; undefined where it can. */
function whyNoMemory({
  method = DEFAULT_METHOD,
  memoryMode,
  character,
}: SimulacrumOptions): string | undefined {
  if (!methodNamed(method).playsCharacter) {
    const others = methods.filter(({ playsCharacter }) => playsCharacter).map(({ id }) => `"${id}"`);
    return `The method "${method}" plays nobody, so there is no memory to recall from. Use ${others.join(" or ")}.`;
  }
  if (memoryMode === "off")
    return `The memory of ${character.name} is off (memoryMode), so nothing can be recalled from it. Use "persist", or "overlay" to read it and keep nothing.`;
  return undefined;
}
