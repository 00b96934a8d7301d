import type { EmbeddingsInterface } from "@langchain/core/embeddings";
import type { AgentDependencies, MethodFacts } from "../agents/turn.js";
import type { CharacterNeed } from "../data/missing-for.js";

/** What a graph may be made of beside what every agent is given. */
export interface MethodParts {
  embeddings: EmbeddingsInterface;
  embeddingModel: string;
  /** Folder of the character's memory. */
  home?: string | undefined;
  /** One of the method's `wirings`. @default the first */
  wiring?: Wiring | undefined;
}

/** The order of a mind's agents: as the paper draws them, or Top's reading beside Thinking and Emotion. */
export type Wiring = "drawn" | "beside";

/** A graph before it is compiled. */
export interface WiredGraph {
  compile(options: object): unknown;
}

/** A method of playing a character, written once. Nothing outside compares its id. */
export interface MethodDescriptor<Id extends string = string> extends MethodFacts {
  readonly id: Id;
  /** In a few words, for people who do not know its id: "from a profile alone". */
  readonly title: string;
  /** What it cannot do without. */
  readonly needs: readonly CharacterNeed[];
  /** Whether it searches by meaning. */
  readonly embeds: boolean;
  /** Model calls of a turn, re-asks aside. */
  readonly callsPerTurn: number;
  /** The ways in which its graph can be wired, the default first; none where there is one. */
  readonly wirings: readonly Wiring[];
  /** Its graph; loaded when it is asked for, since lists of methods are read where nothing is played. */
  graph(deps: AgentDependencies, parts: MethodParts): Promise<WiredGraph>;
}
