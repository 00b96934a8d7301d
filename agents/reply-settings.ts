/** How a reply is drawn. */
export interface ReplySettings {
  /** Most tokens: what is asked for, and as much again for languages that take more. */
  maxTokens: number;
  temperature: number;
}

/**
 * The longest reply and the temperature of each act, where the model itself says no other. Low temperatures make small
 * models run in circles; what only sorts is asked for with less. The voice's longest reply is its budget's.
 */
const settings: Readonly<Record<string, ReplySettings>> = {
  reflect: { maxTokens: 400, temperature: 0.5 },
  think: { maxTokens: 300, temperature: 0.7 },
  feel: { maxTokens: 400, temperature: 0.7 },
  content: { maxTokens: 600, temperature: 0.5 },
  "feeling-of-memory": { maxTokens: 400, temperature: 0.7 },
  reasoning: { maxTokens: 400, temperature: 0.7 },
  summary: { maxTokens: 250, temperature: 0.5 },
  outdated: { maxTokens: 120, temperature: 0.3 },
};

/** The settings of an act; those of an agent that was added are of the middle. */
export const replySettings = (act: string): ReplySettings =>
  (Object.hasOwn(settings, act) && settings[act]) || { maxTokens: 500, temperature: 0.7 };

/** Temperature of the voice. */
export const VOICE_TEMPERATURE = 0.8;
