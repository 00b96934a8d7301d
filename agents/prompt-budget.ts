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
  /** The conversation, in each agent's prompt; `respond` is also the size of working memory. */
  history: { reflect: number; think: number; feel: number; respond: number };
  /** What was just said. */
  stimulus: number;
  scene: number;
  /** Who is in the room. */
  people: number;
  /** The thought, and the feeling, each. */
  inner: number;
}

/** Tokens that one prompt may hold with its answer, where nothing else is asked for. */
export const CONTEXT_TOKENS = 4096;

/** Tokens that the wording of the longest prompt takes, whoever the character is; a little generous. */
const WORDING = 500;

/**
 * Shares of the context, together with the wording never more than it holds; only the voice's history yields when
 * everything else is full. Small models get less of everything; beyond 4,096 tokens only the conversation grows, since
 * more persona text helps no model.
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
    traits: share(530),
    biography: share(1060),
    memories: share(690),
    history: {
      reflect: share(120),
      // As much as the voice sees: else the thought says “I do not remember” of what the answer could tell.
      think: share(520) + Math.floor(spare * 0.4),
      feel: share(200),
      respond: share(520) + Math.floor(spare * 0.4),
    },
    stimulus: share(360) + Math.floor(spare * 0.2),
    scene: share(120) + Math.floor(spare * 0.05),
    people: share(60),
    inner: share(130),
  };
}
