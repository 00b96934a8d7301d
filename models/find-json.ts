import { jsonrepair } from "jsonrepair";

/** End of the balanced value that starts at `start`, or -1 where the text ends before it. */
function balancedEnd(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let at = start; at < text.length; at++) {
    const character = text[at];
    if (inString) {
      if (character === "\\") at++;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === "{" || character === "[") depth++;
    else if ((character === "}" || character === "]") && --depth === 0) return at + 1;
  }
  return -1;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    try {
      return jsonrepair(text) === text ? undefined : JSON.parse(jsonrepair(text));
    } catch {
      return undefined;
    }
  }
}

/**
 * The JSON value in a model's reply: inside a fence, after lead text, with single quotes, comments or trailing commas,
 * or cut off in its midst (then what is there is closed). Undefined where no object or array is found.
 */
export function findJson(reply: string): unknown {
  const fenced = /```(?:json5?|javascript)?\s*\n?([\s\S]*?)(?:```|$)/i.exec(reply)?.[1];
  for (const text of fenced !== undefined && /[[{]/.test(fenced) ? [fenced, reply] : [reply]) {
    const starts = [...text.matchAll(/[{[]/g)].slice(0, 8).map((match) => match.index);
    for (const start of starts) {
      const end = balancedEnd(text, start);
      const value = parsed(end < 0 ? text.slice(start) : text.slice(start, end));
      if (typeof value === "object" && value !== null) return value;
    }
  }
  return undefined;
}
