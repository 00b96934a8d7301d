import { feelSchema } from "./feel.prompt.js";

const { valence, arousal } = feelSchema.shape;

/** A feeling as it is taken from a model: what is felt stands, though a number of it cannot be read. */
export const takenFeelingSchema = feelSchema.extend({
  valence: valence.optional().catch(undefined),
  arousal: arousal.optional().catch(undefined),
});
