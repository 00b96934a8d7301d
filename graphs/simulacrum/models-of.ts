import { modelName } from "../../models/index.js";
import type { OpenedParts } from "./opened-parts.js";

/** The names of the models, as the resolver takes them. */
export const modelsOf = ({ voice, agents, embeddingModel }: OpenedParts) => ({
  model: modelName(voice),
  agentModel: modelName(agents),
  embeddingModel,
});
