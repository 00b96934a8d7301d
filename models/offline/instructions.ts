/** Beginnings of sentences that tell the model what to do. */
export const imperative =
  /^(?:please\s+)?(?:answer|reply|respond|speak|stay|keep|be|use|write|give|return|do|don['’]t|never|always|avoid|remember|say|tell|act|play|think|consider|imagine|list|choose|pick|select|make|let|refer|follow|ignore|treat|mention|describe|explain|output|produce|include|provide|note|summari[sz]e|analy[sz]e|read|look|take|put|name|show|state|decide|judge|rate|score|complete|fill|start|begin|end|only|invent|draw|limit|base|talk|ask|continue|quote|find|extract|identify|review|assume|pretend|leave|match|set|see|add|report|weigh)\b(?!\s+(?:is|was|were|are)\b)/i;
/** Words that only instructions use. */
const aboutTheTask =
  /\b(?:json|schema|prompt|the user|instructions?|in character|first person|second person|your (?:reply|answer|task|role)|chatbot|assistant|roleplay|role-play|sentences? (?:at most|long)|at most \w+ (?:words|sentences))\b/i;
/** Says that the person is computer-generated. */
export const disclosing =
  /computer[- ]generated|artificial intelligence|\bAI\b|language model|not a (?:real )?(?:human|person)|simulat(?:ed|ion) (?:person|of)/i;
const findingNothing =
  /\b(?:no|nothing|not any|none)\b[^.]{0,60}\b(?:memor(?:y|ies)|remember|recall(?:ed)?|relevant|comes? to mind|comes? back)\b|\b(?:do(?:es)? not|don['’]t|doesn['’]t|cannot|can['’]t) (?:remember|recall)\b/i;
export const firstPersonWord = /\b(?:I|I['’](?:m|ve|d|ll)|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ww]e|[Oo]ur|us)\b/;
const secondPersonWord = /\byou(?:r|rs|rself|['’](?:re|ve|ll|d))?\b/i;

/** Words in quotation marks do not say whom a sentence addresses. */
export const unquoted = (text: string): string => text.replace(/["“][^"”]*["”]/g, "");

/** Whether a sentence of a prompt tells the model what to do; such a sentence is never quoted. */
export function isInstruction(text: string): boolean {
  if (/\?$/.test(text)) return true;
  const bare = unquoted(text);
  return (
    imperative.test(text) ||
    aboutTheTask.test(bare) ||
    (secondPersonWord.test(bare) && !/^["“]/.test(text)) ||
    (/^(?:if|when|unless|where)\b/i.test(text) && /\b(?:say|answer|reply|write)\b/i.test(bare))
  );
}

/** Whether a sentence says that no memory was found (and not what to say if none is). */
export function saysNothingFound(text: string): boolean {
  return (
    findingNothing.test(text) &&
    !/\b(?:say|tell|answer|reply|if|when|where|unless|never)\b|\b[Ii]\b/.test(unquoted(text))
  );
}
