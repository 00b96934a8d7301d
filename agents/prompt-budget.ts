/** How many tokens each part of a turn's prompts may take. */
export interface PromptBudget {
  /** Of the model, prompt and answer together. */
  context: number;
  /** Kept free for the answer. */
  answer: number;
  /** Facts, traits and biography together; the biography takes what the others leave. */
  persona: number;
  facts: number;
  traits: number;
  biography: number;
  /** All recalled memories together, in one prompt. */
  memories: number;
  /** Working memory: the conversation, as every agent sees it. */
  history: number;
  /** What was just said. */
  stimulus: number;
  scene: number;
  /** Who is in the room, and what is known of them. */
  people: number;
  /** The thought, and the feeling, each. */
  inner: number;
}

/** Tokens that one prompt may hold with its answer, where nothing else is asked for. */
export const CONTEXT_TOKENS = 4096;

/** Tokens that the wording of the longest prompt takes, whoever the character is; a little generous. */
const WORDING = 700;

/**
 * Shares of the context, together with the wording never more than it holds; only the history yields when everything
 * else is full. Small models get less of everything; beyond 4,096 tokens only the conversation grows, since more persona
 * text helps no model.
 */
export function promptBudget(context = CONTEXT_TOKENS): PromptBudget {
  const room = Math.max(0, Math.min(context, CONTEXT_TOKENS) - WORDING) / (CONTEXT_TOKENS - WORDING);
  const share = (tokensOf4096: number) => Math.floor(tokensOf4096 * room);
  const spare = Math.max(0, context - CONTEXT_TOKENS);
  return {
    context,
    answer: Math.floor(Math.min(context, CONTEXT_TOKENS) * 0.1),
    persona: share(1680),
    facts: share(320),
    traits: share(500),
    biography: share(1060),
    memories: share(310),
    history: share(375) + Math.floor(spare * 0.5),
    stimulus: share(360) + Math.floor(spare * 0.2),
    scene: share(150) + Math.floor(spare * 0.05),
    people: share(120),
    inner: share(120),
  };
}
