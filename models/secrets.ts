/** What a key of a known provider looks like, with at least so many characters after what it begins with. */
export const keyShape = (characters: number): RegExp =>
  new RegExp(`\\b(?:(?:sk|pk|rk|gsk|xai|hf|lsv2|gh[opsu])[-_]|AIza|AKIA)[\\w*.-]{${characters},}`, "gu");

/** Text with everything that looks like a credential taken out, and the given secrets. */
export function redact(text: string, secrets: readonly string[] = []): string {
  let clean = text;
  for (const secret of secrets) if (secret.length >= 6) clean = clean.replaceAll(secret, "[key]");
  return clean
    .replace(keyShape(4), "[key]")
    .replace(/\b(bearer|basic)\s+[\w.~+/*=-]{4,}/gi, "$1 [key]")
    .replace(/((?:api[-_ ]?key|authorization|token)["']?\s*[:=]\s*["']?)[^\s"',}]{4,}/gi, "$1[key]")
    .replace(/(:\/\/)[^/\s@]+@/g, "$1[key]@");
}

/** The same for every text inside a value, such as the parameters of a call that are shown to tracers. */
export function redactInside<T>(value: T, secrets: readonly string[]): T {
  const clean = (part: unknown): unknown => {
    if (typeof part === "string")
      return secrets.some((secret) => part.includes(secret)) ? redact(part, secrets) : part;
    if (Array.isArray(part)) return part.map(clean);
    if (typeof part !== "object" || part === null || Object.getPrototypeOf(part) !== Object.prototype)
      return part;
    return Object.fromEntries(Object.entries(part).map(([name, inner]) => [name, clean(inner)]));
  };
  return clean(value) as T;
}

const keyFields = ["apiKey", "openAIApiKey", "anthropicApiKey", "accessToken"];
const secretHeader = /auth|key|token|secret|cookie|pass/i;

/** The keys, authorisation headers and passwords that a LangChain model or embedder was made with. */
export function secretsOf(model: object): string[] {
  const client: unknown = Reflect.get(model, "clientConfig");
  const config = typeof client === "object" && client !== null ? client : {};
  const headers: unknown = Reflect.get(config, "defaultHeaders");
  const pairs = headers instanceof Headers ? [...headers] : Object.entries(headers ?? {});
  const found = [model, config]
    .flatMap((holder) => keyFields.map((name): unknown => Reflect.get(holder, name)))
    .concat(pairs.flatMap(([name, value]) => (secretHeader.test(name) ? [value, afterScheme(value)] : [])))
    .concat(secretsIn(Reflect.get(config, "baseURL")));
  return found.filter((value): value is string => typeof value === "string" && value.length >= 6);
}

/** "Bearer abc" is also looked for as "abc". */
const afterScheme = (value: unknown): unknown =>
  typeof value === "string" ? value.split(/\s+/u).at(-1) : undefined;

/** A password, a key in the place of a user's name, and values of a query whose names speak of keys. */
function secretsIn(address: unknown): string[] {
  if (typeof address !== "string" || !URL.canParse(address)) return [];
  const { username, password, searchParams } = new URL(address);
  const named = [...searchParams].flatMap(([name, value]) => (secretHeader.test(name) ? [value] : []));
  const user = password === "" ? username : password;
  return [user, safelyDecoded(user), ...named, ...named.map(encodeURIComponent)];
}

function safelyDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
