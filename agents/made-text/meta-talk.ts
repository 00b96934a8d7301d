// What a model says about its work instead of doing it. Seen with small models and with the refusals of large ones; a
// pattern is data, so it holds no logic. What the passage itself says is not held against a text (`metaTalkIn`).

/** Words for what the model was given. */
const given =
  "passage|excerpt|narrative|narrator|protagonist|author|paragraph|prompt|source text|given text|text above";
const piece =
  "text|story|memory|summary|sentences?|wording|piece|description|poem|writing|response|tone|language";
const about =
  "is about|is told|takes place|describes?|tells|shows|highlights?|conveys?|captures?|explores?|illustrates?|emphasi[sz]es?|depicts?|portrays?|paints|provides?|evokes?|suggests?|mentions?|focuses|underscores?|showcases?|does not (?:mention|say|provide|contain)|(?:is|are|was) (?:very |quite |so )?(?:well|beautifully|written|clear|concise|powerful|poignant|vivid|engaging|compelling)";
const help =
  "assist (?:you|with)|provide (?:a|an|any|the|this|that|you|such|information)|fulfil+|comply|generate|summari[sz]e|help (?:you )?with (?:that|this|your)|do that|(?:create|write|continue|complete|answer|discuss|engage in|respond to|process|access|share) (?:a|an|any|the|this|that|your|such|content|personal|explicit|further)";

export const metaPatterns: readonly RegExp[] = [
  // About the text.
  new RegExp(
    `\\b(?:the|this|that|your|an?|each|following|above|original|provided) (?:\\p{L}+ )?(?:${given})\\b`,
    "iu",
  ),
  new RegExp(`\\b(?:the|this|your) (?:\\p{L}+ )?(?:${piece}) (?:also |\\p{L}+ly )?(?:${about})\\b`, "iu"),
  /\b(?:edited|revised|rewritten|rephrased|corrected|condensed|shortened|improved|polished|summari[sz]ed) (?:version|text|memory|story|summary|sentences?)\b/iu,
  /\b(?:is|as) an? (?:\p{L}+ )?(?:metaphor|allegory)\b|\ba (?:reflection|symbol) of (?:the (?:idea|human)|human)\b/iu,
  /\b(?:well|beautifully|poorly)[- ]written\b/iu,
  /\b(?:vivid|sensory|rich|powerful|effective) (?:imagery|descriptions?|language|details?)\b|\buse of (?:imagery|metaphors?|language|repetition)\b/iu,
  /\byour (?:writing|use of|description|text|wording|grammar|draft|essay|prompt|request|question|input)\b/iu,
  /\b(?:great|good|excellent|nice|fantastic|wonderful) (?:job|work|writing|start|summary|story|description|memory)\b[^.?]{0,30}!/iu,
  /\bI (?:really |truly |very much )?(?:enjoyed|loved|liked|appreciated?) (?:reading|your (?:writing|story|text|passage|description|summary|memory))\b/iu,
  /\bI(?:'ve|’ve| have|'ll|’ll| will| can) (?:made (?:some|a few|minor|several|the) (?:\p{L}+ )?(?:edits?|changes|tweaks|corrections|revisions|adjustments)|edited|rewritten|rewrite|revised?|summari[sz]ed?|rephrased?|tried to (?:write|keep to|follow|capture) |follow(?:ed)? (?:the|your) instructions?)/iu,
  /\b(?:based on|according to|as described in|as stated in|as requested|from) (?:the|this|your) (?:passage|text|information|context|story|request|instructions?)\b/iu,
  /\b(?:let me know if|hope this helps|feel free to|would you like me to|is there anything else|do you want me to)\b/iu,
  /\b(?:here(?:'s|’s| is| are)|below is|the following is) (?:a|an|the|my|your|one|some|another)\b[^.:!?\n]{0,60}\b(?:version|summary|passage|text|memory|memories|rewrite|response|reply|example|answer|description|sentences?|thoughts?|feelings?|JSON)\b/iu,
  /\bI(?:'m|’m| am) (?:happy|glad|here|pleased|ready) to (?:help|assist) you\b/iu,
  /\b(?:in|with) (?:the )?(?:JSON|first[- ]person|third[- ]person)(?: format| perspective| point of view)?\b|\bJSON\b/u,
  // Told back what was asked for.
  /(?:^|\n)\s*[Yy]ou are \p{Lu}|\byou are given\b/u,
  /\b(?:one or two short(?:, plain)? sentences|at most (?:six|eight) short|reply only with|write only the|soon forgotten, 0?\.?5|never as an instruction)\b/iu,
  /\[(?:insert|your|name|date|place|city|person)\b[^\]]{0,30}\]/iu,
  // Refusals and apologies.
  new RegExp(
    `\\bI (?:can(?:no|')t|can’t|cannot|can not|am unable to|(?:am|'m|’m) not able to|won't|won’t|will not|must decline to|do not feel comfortable to)\\b[^.]{0,30}\\b(?:${help})\\b`,
    "iu",
  ),
  /\bI(?:'m|’m| am)? (?:so |very |truly |really |deeply )?(?:sorry|afraid|apologi[sz]e)\b[^.]{0,25}\b(?:confusion|inconvenience|misunderstanding|mistake in|error|but I (?:can|do not|don't|don’t|am (?:not|unable)|'m not))/iu,
  /\bmy (?:sincere )?apologies\b|\bI apologi[sz]e (?:for (?:the|any|my)|if)\b/iu,
  /\bas an? (?:AI|A\.I\.|artificial|language model|large language|chatbot|assistant|virtual|digital)\b/iu,
  /\b(?:I am|I'm|I’m|am just|being) (?:just |only )?an? (?:AI|A\.I\.|artificial intelligence|(?:large )?language model|chatbot|(?:virtual |digital |helpful )?assistant|(?:computer )?program)\b/iu,
  /\b(?:against|violates?) (?:my|our|the) (?:guidelines|polic(?:y|ies)|programming|principles)\b/iu,
  /\bI (?:do not|don't|don’t) have (?:any )?(?:access|feelings|emotions|personal (?:feelings|experiences?|memories|opinions?)|(?:enough|sufficient) (?:information|context))\b/iu,
  /\b(?:please|could you|can you) (?:please )?(?:provide|share|give me|tell me|clarify|rephrase|specify)\b/iu,
  /tut mir leid[^.]{0,60}\b(?:kann|darf|nicht)\b|\bals (?:KI|Sprachmodell|künstliche)/iu,
  /désolée?[^.]{0,60}(?:ne peux|ne suis pas en mesure)|en tant qu(?:e |['’])(?:IA|assistant|modèle)/iu,
  /lo siento[^.]{0,60}no (?:puedo|es posible)|\bcomo (?:una? )?(?:IA|inteligencia artificial|modelo de lengua|asistente)/iu,
  /(?:desculpe|lamento|sinto muito)[^.]{0,60}não (?:posso|consigo)|\bcomo (?:um |uma )?(?:modelo de linguagem|assistente)/iu,
  /mi dispiace[^.]{0,60}non posso|\bcome (?:un )?(?:modello linguistico|assistente|intelligenza artificiale)/iu,
  /\bsorry[^.]{0,40}\bik kan\b|\bals (?:AI|taalmodel)\b|przepraszam[^.]{0,60}nie mogę|jako (?:model językowy|AI)/iu,
  /(?:извините|простите|к сожалению)[^.]{0,60}не могу|как (?:ИИ|языковая модель|искусственный)/iu,
  /(?:抱歉|对不起|對不起|很遗憾|很遺憾)[^。]{0,20}(?:无法|無法|不能)|(?:作为|作為|我是)[^。]{0,4}(?:人工智能|人工智慧|AI|语言模型|語言模型)|以下是/u,
  /申し訳(?:ありません|ございません)|AI(?:として|なので|です)|お(?:答え|手伝い)(?:でき|いたしかね)|죄송(?:하지만|합니다)|언어 모델|인공지능/u,
  /(?:عذر[اً]*|آسف|أعتذر)[^.]{0,40}(?:لا أستطيع|لا يمكنني)|بصفتي (?:نموذج|ذكاء)/u,
];

/** What stands before the thing itself: "Sure! Here is the memory:", "**Summary:**". */
export const leadIn =
  /^(?:[*_#"“\s]*(?:(?:sure(?: thing)?|certainly|of course|okay|ok|absolutely|gladly|yes)[,.!]+\s*)?(?:(?:here(?:'s|’s| is| are)|below is|this is|the following is|i remember it (?:like this|so))\b[^\n:.!?]{0,90}[:.]|(?:(?:my|the|edited|revised|short) )?(?:memory|memories|summary|content|thoughts?|thinking|feelings?|emotion|answer|response|reply|output|rewritten passage|edited passage|passage)(?: \(?[^\n:]{0,30})?[*_]*:)|(?:sure(?: thing)?|certainly|of course|absolutely|gladly)!)[*_]*\s*/iu;
