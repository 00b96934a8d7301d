import { reflectSchema } from "./reflect.prompt.js";

const { asksForMemory, keyElements, queries } = reflectSchema.shape;

/**
 * A reflection as it is taken from a model. Either its key elements or its queries will do: recall goes by the stimulus
 * beside the queries anyway.
 */
export const takenReflectionSchema = reflectSchema
  .extend({
    asksForMemory: asksForMemory.optional().catch(undefined),
    keyElements: keyElements.catch([]),
    queries: queries.catch([]),
  })
  .refine((taken) => taken.keyElements.length + taken.queries.length > 0);
