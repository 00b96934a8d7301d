/** A JSON Schema, as far as it is read here. */
export interface JsonSchema {
  type?: string | string[];
  properties?: Record<string, JsonSchema>;
  required?: string[];
  items?: JsonSchema;
  prefixItems?: JsonSchema[];
  enum?: unknown[];
  const?: unknown;
  default?: unknown;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  allOf?: JsonSchema[];
  $ref?: string;
  description?: string;
  title?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  minLength?: number;
  maxLength?: number;
  minItems?: number;
  maxItems?: number;
}

function objectAt(text: string, start: number): string | undefined {
  for (let at = start, depth = 0, inString = false; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{") depth++;
    else if (character === "}" && --depth === 0) return text.slice(start, at + 1);
  }
  return undefined;
}

function isSchema(value: unknown): value is JsonSchema {
  if (typeof value !== "object" || value === null) return false;
  return (
    "properties" in value || "$defs" in value || ("items" in value && "type" in value) || "anyOf" in value
  );
}

/** The last JSON Schema written in a text, with the text of it. */
export function findSchemaText(text: string): { schema: JsonSchema; text: string } | undefined {
  let found: { schema: JsonSchema; text: string } | undefined;
  for (
    let at = text.indexOf("{"), looked = 0;
    at >= 0 && looked < 50;
    at = text.indexOf("{", at + 1), looked++
  ) {
    const part = objectAt(text, at);
    if (part === undefined || !part.includes('"')) continue;
    try {
      const value: unknown = JSON.parse(part);
      if (isSchema(value)) {
        found = { schema: value, text: part };
        at += part.length - 1;
      }
    } catch {
      // Not JSON: a brace in prose.
    }
  }
  return found;
}
