/**
 * A prompt that is longer than the model's context, in the words of OpenAI, Anthropic, Google, Bedrock, Mistral, Cohere,
 * xAI, DashScope, GitHub Models, vLLM, TGI, llama.cpp and its Python server, LM Studio and Ollama. Not a limit of tokens
 * a minute.
 */
const overflow: readonly RegExp[] = [
  /context.{0,30}(?:length|window|size|overflow|limit)|(?:available|max(?:imum)?|model'?s?) context/i,
  /(?:prompt|input|request|messages?|sequence).{0,40}(?:too (?:long|large|many tokens)|exceeds? .{0,40}(?:tokens|length))/i,
  /token count.{0,40}exceeds|too many (?:input |prompt )?tokens|max(?:imum)? (?:prompt|input|sequence) length/i,
  /reduce the length|range of input length|max_new_tokens.{0,10}must be|keep the first \d+ tokens|tokens_limit_reached/i,
];
const perMinute = /per (?:minute|day|second)|\b[rt]p[md]\b|rate.?limit/i;

/** Whether an error says that the prompt is longer than the model's context. */
export const tellsOfOverflow = (said: string): boolean =>
  !perMinute.test(said) && overflow.some((words) => words.test(said));

/** A request that the server's filter or the model's policy did not let through, in the words of Azure, OpenAI, Google, DashScope and OpenRouter. */
const declined =
  /content[_ -]?(?:filter|policy)|content management policy|responsible_?ai|data_?inspection|prohibited_content|moderation|input was flagged|safety (?:system|filter|setting|polic)|blocked.{0,20}safety/i;

/** Whether an error says that the request was declined for what it says. */
export const tellsOfDeclining = (said: string): boolean => declined.test(said);
