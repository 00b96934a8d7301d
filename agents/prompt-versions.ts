import { MESSAGE_FORM_VERSION } from "../models/message-roles.js";
import { CONSTRUCT_FEELING_VERSION } from "./emotion/construct-feeling.js";
import { FEEL_VERSION } from "./emotion/feel.prompt.js";
import { SUMMARISE_VERSION } from "./memory/summarise.js";
import { PERSONA_VERSION } from "./persona.js";
import { RULES_VERSION } from "./rules.prompt.js";
import { CONSTRUCT_CONTENT_VERSION } from "./thinking/construct-content.js";
import { CONSTRUCT_REASONING_VERSION } from "./thinking/construct-reasoning.js";
import { SUPERSEDE_VERSION } from "./thinking/supersede.js";
import { THINK_VERSION } from "./thinking/think.prompt.js";
import { REFLECT_VERSION } from "./top/reflect.prompt.js";
import { RESPOND_VERSION } from "./top/respond.prompt.js";

/** Versions of all prompts: in the metadata of every traced turn, and part of the key of an evaluation sample. */
export const promptVersions = {
  persona: PERSONA_VERSION,
  rules: RULES_VERSION,
  messageForm: MESSAGE_FORM_VERSION,
  reflect: REFLECT_VERSION,
  think: THINK_VERSION,
  feel: FEEL_VERSION,
  respond: RESPOND_VERSION,
  constructContent: CONSTRUCT_CONTENT_VERSION,
  constructFeeling: CONSTRUCT_FEELING_VERSION,
  constructReasoning: CONSTRUCT_REASONING_VERSION,
  summarise: SUMMARISE_VERSION,
  supersede: SUPERSEDE_VERSION,
} as const;
