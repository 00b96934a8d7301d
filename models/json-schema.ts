import { z } from "zod";

/** As much of a JSON Schema as is read here. */
export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  enum?: unknown[];
  anyOf?: JsonSchema[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
  [keyword: string]: unknown;
}

const known = new WeakMap<z.ZodType, JsonSchema>();

/** The JSON Schema of a zod schema, without what only costs tokens. Kept for each schema object. */
export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
  const kept = known.get(schema);
  if (kept) return kept;
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  known.set(schema, rest as JsonSchema);
  return rest as JsonSchema;
}

/** Lists of at most so many items are worth a rule of a grammar. */
const SHORT_LIST = 8;
/** Integers beyond this are zod's own limits, not ours. */
const LARGEST = 1_000_000;

/**
 * The schema as a server's grammar takes it. llama.cpp (and with it Ollama and LM Studio) enforces ranges of integers
 * only, and writes a rule for every character of a longest text, so ranges of fractions and lengths of texts are left
 * out: what comes is clamped and cut (`coerceToSchema`).
 */
export function forGrammar(schema: JsonSchema): JsonSchema {
  return mapped(schema, (part) => {
    const kept = { ...part };
    for (const keyword of ["minLength", "maxLength", "pattern", "format", "default"]) delete kept[keyword];
    for (const bound of ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"])
      if (kept.type !== "integer" || Math.abs(Number(kept[bound])) > LARGEST) delete kept[bound];
    for (const length of ["minItems", "maxItems"]) if (Number(kept[length]) > SHORT_LIST) delete kept[length];
    return kept.type === "object" && kept.properties ? { ...kept, additionalProperties: false } : kept;
  });
}

/** OpenAI's strict mode wants every property required. */
export function fitsStrictMode(schema: JsonSchema): boolean {
  let fits = true;
  mapped(schema, (part) => {
    fits &&= Object.keys(part.properties ?? {}).every((key) => part.required?.includes(key));
    return part;
  });
  return fits;
}

/** The schema with every schema in it changed. */
function mapped(schema: JsonSchema, change: (part: JsonSchema) => JsonSchema): JsonSchema {
  const { properties, items, anyOf } = schema;
  return change({
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([key, part]) => [key, mapped(part, change)]),
      ),
    }),
    ...(items && { items: mapped(items, change) }),
    ...(anyOf && { anyOf: anyOf.map((part) => mapped(part, change)) }),
  });
}
