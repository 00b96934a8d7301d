/** How many tokens each part of a turn's prompts may take. */
export interface PromptBudget {
  /** Of the model, prompt and answer together. */
  context: number;
  /** Kept free for the answer. */
  answer: number;
  biography: number;
  traits: number;
  /** All recalled memories together, in one prompt. */
  memories: number;
  /** The conversation, in each agent's prompt; `respond` is also the size of working memory. */
  history: { reflect: number; think: number; feel: number; respond: number };
  /** What was just said. */
  stimulus: number;
  scene: number;
}

/**
 * Shares of the context. Small models get less of everything; beyond 8,192 tokens only the conversation grows, since
 * more persona text helps no model.
 */
export function promptBudget(context = 4096): PromptBudget {
  const base = Math.min(context, 4096);
  const share = (part: number) => Math.floor(base * part);
  const spare = Math.max(0, context - 4096);
  return {
    context,
    answer: share(0.15),
    biography: share(0.26),
    traits: share(0.13),
    memories: share(0.17),
    history: {
      reflect: share(0.03),
      // As much as the voice sees: else the thought says “I do not remember” of what the answer could tell.
      think: share(0.13) + Math.floor(spare * 0.4),
      feel: share(0.05),
      respond: share(0.13) + Math.floor(spare * 0.4),
    },
    stimulus: share(0.1) + Math.floor(spare * 0.2),
    scene: share(0.04) + Math.floor(spare * 0.05),
  };
}
