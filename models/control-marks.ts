/**
 * What a mark does to the reply in which it stands:
 * - `opens`, `closes`: reasoning stands between them;
 * - `ends`: the reply is over;
 * - `own`, `other`: the model's own turn begins, or somebody else's;
 * - `turn`: a turn begins, and its role follows as a word ("assistant");
 * - `channel`: its name follows ("analysis", "final");
 * - `dropped`: says nothing about the reply.
 */
export type MarkKind = "opens" | "closes" | "ends" | "own" | "other" | "turn" | "channel" | "dropped";

interface Family {
  readonly family: string;
  /** Where the marks are public: a model whose `tokenizer_config.json` or template on huggingface.co holds them, or a file. */
  readonly source: string;
  readonly marks: Partial<Record<MarkKind, readonly string[]>>;
}

/** Marks by the family whose public chat template has them; upper and lower case are alike. */
const families: readonly Family[] = [
  {
    family: "ChatML (Qwen, Yi, SmolLM2, Hermes, InternLM 2.5, MiniCPM, Phi-4)",
    source: "Qwen/Qwen3-8B, microsoft/phi-4 (im_sep), huggingface.co/docs/transformers/chat_templating",
    marks: { turn: ["<|im_start|>"], ends: ["<|im_end|>"], dropped: ["<|im_sep|>"] },
  },
  {
    family: "Base models (GPT-2, Qwen, OLMo, Phi-2, Falcon)",
    source: "openai-community/gpt2, allenai/OLMo-2-1124-7B-Instruct",
    marks: {
      ends: ["<|endoftext|>", "<|end_of_text|>", "<|endofprompt|>", "<eos>"],
      dropped: ["<bos>", "<pad>"],
    },
  },
  {
    family: "Llama 2, Mistral, Mixtral, Magistral",
    source: "meta-llama/Llama-2-7b-chat-hf, mistralai/Magistral-Small-2509 (THINK)",
    marks: {
      opens: ["[THINK]"],
      closes: ["[/THINK]"],
      own: ["[/INST]"],
      other: ["[INST]", "<<SYS>>", "[SYSTEM_PROMPT]", "[AVAILABLE_TOOLS]", "[TOOL_RESULTS]"],
      dropped: ["<</SYS>>", "[/SYSTEM_PROMPT]", "[/AVAILABLE_TOOLS]", "[/TOOL_RESULTS]"],
    },
  },
  {
    family: "Llama 3 and 4",
    source: "meta-llama/Llama-3.1-8B-Instruct, meta-llama/Llama-4-Scout-17B-16E-Instruct",
    marks: {
      turn: ["<|start_header_id|>", "<|header_start|>"],
      ends: ["<|eot_id|>", "<|eom_id|>", "<|eot|>", "<|eom|>"],
      dropped: ["<|begin_of_text|>", "<|end_header_id|>", "<|header_end|>", "<|python_tag|>"],
    },
  },
  {
    family: "Gemma 1 to 3",
    source: "google/gemma-3-4b-it",
    marks: { turn: ["<start_of_turn>"], ends: ["<end_of_turn>"] },
  },
  {
    family: "Gemma 4",
    source: "ggml-org/llama.cpp models/templates/gemma4.jinja",
    marks: {
      turn: ["<|turn>"],
      ends: ["<turn|>"],
      channel: ["<|channel>"],
      closes: ["<channel|>"],
      dropped: ["<|think|>"],
    },
  },
  {
    family: "Phi-3, Zephyr, GLM-4, Falcon 3, Granite 2, InternLM",
    source: "microsoft/Phi-3.5-mini-instruct, HuggingFaceH4/zephyr-7b-beta, zai-org/GLM-4.5",
    marks: {
      own: ["<|assistant|>", "<|model|>", "<|bot|>"],
      other: ["<|user|>", "<|human|>", "<|system|>", "<|tool|>", "<|observation|>", "<|prompter|>"],
      ends: ["<|end|>", "<eoa>", "<|endofturn|>", "<|end_of_turn|>"],
      dropped: ["[gMASK]", "<sop>", "<|begin_of_box|>", "<|end_of_box|>"],
    },
  },
  {
    family: "DeepSeek V2 to R1, Hunyuan",
    source: "deepseek-ai/DeepSeek-R1, tencent/Hunyuan-7B-Instruct",
    marks: {
      own: ["<｜Assistant｜>", "<｜hy_Assistant｜>"],
      other: ["<｜User｜>", "<｜hy_User｜>", "<｜System｜>"],
      ends: ["<｜end▁of▁sentence｜>", "<｜hy_place▁holder▁no▁2｜>", "<|eos|>"],
      dropped: ["<｜begin▁of▁sentence｜>", "<｜hy_begin▁of▁sentence｜>", "<|startoftext|>"],
    },
  },
  {
    family: "gpt-oss (harmony)",
    source: "openai/gpt-oss-20b, github.com/openai/harmony docs/format.md",
    marks: {
      turn: ["<|start|>"],
      channel: ["<|channel|>"],
      ends: ["<|return|>", "<|call|>"],
      dropped: ["<|message|>", "<|constrain|>"],
    },
  },
  {
    family: "Kimi K1.5, Kimi-VL, K2",
    source: "moonshotai/Kimi-VL-A3B-Thinking, ggml-org/llama.cpp models/templates/moonshotai-Kimi-K2.jinja",
    marks: {
      opens: ["◁think▷"],
      closes: ["◁/think▷"],
      turn: ["<|im_assistant|>", "<|im_user|>", "<|im_system|>"],
      ends: ["[EOS]", "[EOT]"],
      dropped: ["<|im_middle|>", "[BOS]"],
    },
  },
  {
    family: "Kimi K3",
    source: "ggml-org/llama.cpp models/templates/Kimi-K3.jinja",
    marks: {
      opens: ["<|open|>think<|sep|>"],
      closes: ["<|close|>think<|sep|>"],
      own: ['<|open|>message role="assistant"<|sep|>'],
      other: ['<|open|>message role="user"<|sep|>'],
      ends: ["<|close|>response<|sep|>", "<|end_of_msg|>"],
      dropped: ["<|open|>response<|sep|>"],
    },
  },
  {
    family: "Seed-OSS",
    source: "ggml-org/llama.cpp models/templates/ByteDance-Seed-OSS.jinja",
    marks: { turn: ["<seed:bos>"], ends: ["<seed:eos>"] },
  },
  {
    family: "Granite 3 and 4",
    source: "ibm-granite/granite-3.3-8b-instruct",
    marks: { turn: ["<|start_of_role|>"], dropped: ["<|end_of_role|>"] },
  },
  {
    family: "Command R, Aya",
    source: "CohereForAI/c4ai-command-r7b-12-2024",
    marks: {
      opens: ["<|START_THINKING|>"],
      closes: ["<|END_THINKING|>"],
      own: ["<|CHATBOT_TOKEN|>"],
      other: ["<|USER_TOKEN|>", "<|SYSTEM_TOKEN|>"],
      ends: ["<|END_OF_TURN_TOKEN|>", "<|END_RESPONSE|>", "<|START_ACTION|>"],
      dropped: ["<BOS_TOKEN>", "<|START_OF_TURN_TOKEN|>", "<|START_RESPONSE|>"],
    },
  },
  {
    family: "ERNIE 4.5",
    source: "baidu/ERNIE-4.5-21B-A3B-PT",
    marks: { ends: ["<|end_of_sentence|>"], dropped: ["<|begin_of_sentence|>"] },
  },
  {
    family: "MiniMax",
    source: "ggml-org/llama.cpp models/templates/unsloth-MiniMax-M2.jinja, MiniMaxAI/MiniMax-Text-01",
    marks: {
      turn: ["]~b]", "<beginning_of_sentence>"],
      ends: ["[e~[", "<end_of_sentence>"],
      dropped: ["]~!b["],
    },
  },
  {
    family: "EXAONE",
    source: "LGAI-EXAONE/EXAONE-3.5-7.8B-Instruct",
    marks: {
      own: ["[|assistant|]"],
      other: ["[|user|]", "[|system|]", "[|tool|]"],
      ends: ["[|endofturn|]"],
    },
  },
  {
    family: "Apertus",
    source: "swiss-ai/Apertus-8B-Instruct-2509",
    marks: {
      opens: ["<|inner_prefix|>"],
      closes: ["<|inner_suffix|>"],
      own: ["<|assistant_start|>"],
      other: ["<|user_start|>", "<|system_start|>", "<|developer_start|>"],
      ends: ["<|assistant_end|>"],
    },
  },
  {
    family: "OpenThinker, Sky-T1",
    source: "open-thoughts/OpenThinker-7B",
    marks: {
      opens: ["<|begin_of_thought|>"],
      closes: ["<|end_of_thought|>"],
      ends: ["<|end_of_solution|>"],
      dropped: ["<|begin_of_solution|>"],
    },
  },
  {
    family: "Pangu",
    source: "vllm-project/vllm vllm/reasoning/pangu_reasoning_parser.py",
    marks: { opens: ["[unused16]"], closes: ["[unused17]"], ends: ["[unused10]"], turn: ["[unused9]"] },
  },
];

/** Every mark in small letters, with what it does. */
export const controlMarks: ReadonlyMap<string, MarkKind> = new Map(
  families.flatMap(({ marks }) =>
    Object.entries(marks).flatMap(([kind, list]) =>
      list.map((mark) => [mark.toLowerCase(), kind as MarkKind] as const),
    ),
  ),
);

/**
 * Elements in which reasoning stands: DeepSeek R1, Qwen3, GLM-4.5, MiniMax M2, Granite 3.3, ERNIE and many others (think),
 * Anthropic's and Reflection-70B's prompts (thinking, antThinking, scratchpad, reflection, inner_monologue), Gemini's
 * OpenAI route and EXAONE Deep (thought), Seed-OSS (seed:think), LongCat (longcat_think).
 */
export const reasoningElements: readonly string[] = [
  "think",
  "thinking",
  "thought",
  "thoughts",
  "reasoning",
  "reflection",
  "scratchpad",
  "inner_monologue",
  "antThinking",
  "seed:think",
  "longcat_think",
];

/**
 * Elements in which the answer itself stands, when they begin the reply: Hunyuan A13B (answer), Granite 3.3 and ERNIE 4.5
 * (response), Reflection-70B and Marco-o1 (output), DeepSeek R1's training (answer).
 */
export const answerElements: readonly string[] = [
  "answer",
  "response",
  "output",
  "solution",
  "final",
  "final_answer",
  "reply",
];

/**
 * Reasoning between words, where they begin the reply: Granite 3.0 to 3.2 (vllm-project/vllm
 * `granite_reasoning_parser.py`), and gpt-oss behind a server that drops the marks and leaves their words.
 */
export const reasoningLeads: readonly {
  opens: RegExp;
  couldBegin: readonly string[];
  closes: readonly string[];
}[] = [
  {
    opens: /^here(?: is|['’]s) my thought process:/iu,
    couldBegin: ["here is my thought process:", "here's my thought process:", "here’s my thought process:"],
    closes: ["here is my response:", "here's my response:", "here’s my response:"],
  },
  { opens: /^analysis(?=\p{Lu})/u, couldBegin: ["analysis"], closes: ["assistantfinal"] },
];

/** Roles that a `turn` names for the model itself; of any other role but these and nothing, the turn is somebody else's. */
export const ownRoles: ReadonlySet<string> = new Set(["assistant", "model", "ai", "gpt", "bot", "chatbot"]);
/** Roles that a `turn` names for others. A word that is in neither set is text. */
export const otherRoles: ReadonlySet<string> = new Set([
  "user",
  "human",
  "system",
  "developer",
  "tool",
  "tools",
  "function",
  "functions",
  "observation",
  "environment",
  "ipython",
  "documents",
]);
/** Channels whose words are for the listener; those of any other (analysis, commentary, thought) are reasoning. */
export const spokenChannels: ReadonlySet<string> = new Set(["final", "response", "answer"]);

/**
 * Labels of speakers before what they say, of templates that have no marks but words: Vicuna (USER:, ASSISTANT:; lmsys
 * FastChat `conversation.py`), Alpaca (### Instruction:, ### Response:; tatsu-lab/stanford_alpaca), Anthropic's first API
 * (Human:, Assistant:), OpenAssistant, ShareGPT; with the words of other languages, as their models translate them.
 */
export const ownLabels: readonly string[] = [
  "assistant",
  "ai",
  "ai assistant",
  "bot",
  "chatbot",
  "response",
  "assistent",
  "asistente",
  "assistente",
  "ассистент",
  "助手",
  "アシスタント",
];
export const otherLabels: readonly string[] = [
  "user",
  "human",
  "you",
  "the other",
  "the other one",
  "interlocutor",
  "benutzer",
  "utilisateur",
  "usuario",
  "usuário",
  "utente",
  "пользователь",
  "用户",
  "用戶",
  "ユーザー",
];
/** Labels of others that are such only as headings ("### Input:"): as plain words they stand in lists. */
export const otherHeadings: readonly string[] = ["instruction", "input", "system", "question", "prompt"];
/** Labels that models put before a whole reply, and people in its midst. */
export const replyLabels: readonly string[] = ["answer", "reply", "antwort", "réponse", "respuesta"];
