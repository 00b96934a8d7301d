// Words by which a reply shows what it chooses and what it does not. Each pattern is tried on a short piece of the reply
// right before or right after the name of an option, so that reading takes time in proportion to the reply.

/** What may stand between such words and the option: "the answer is clearly option (B)". */
const filling =
  "(?:(?:the|la|le|el|die|der|den|a|an|to|be|is|that|it|it's|for|as|with|on|my|of|course|indeed|clearly|definitely|certainly|obviously|probably|maybe|perhaps|simply|still|also|just|then|really|most|likely|both|either|all|option|options|letter|letters|choice|number|answer|answers|opción|opzione|opção)(?![\\p{L}'])|[\\s:([{<-])*";
const before = (words: string): RegExp => new RegExp(`(?:${words})${filling}$`, "iu");

const copula =
  "(?:\\s+(?:to (?:this|that)|here|for me|of mine)){0,2}\\s*(?:\\s(?:is|are|was|would be|would have to be|must be|has to be|should be|will be|remains|becomes|goes to|ist|lautet|wäre|est|serait|es|sería|è|é|seria|adalah|là|jest|to)(?![\\p{L}'])|[:=]+>?|\\s[–—-]|→|[-–—]>)";
const answer =
  "(?:answers?|choices?|picks?|selections?|selected|response|vote|verdict|decision|conclusion|preference|option|letter|mine|antwort|wahl|réponse|choix|respuesta|elección|risposta|scelta|resposta|escolha|ответ|выбор|antwoord|svar|svaret|cevap|cevabım|odpowiedź|jawaban|jawabannya|jawaban saya|đáp án|câu trả lời|الإجابة|الجواب|उत्तर|คำตอบ)";
const others =
  "(?<!\\b(?:his|her|their|your|wrong|worst|other|second|popular|people's|friend's|[\\p{L}]+s')\\s)";
/** "I", and what may follow before the verb; or nobody, where the verb opens its clause. */
const self =
  "(?:\\b(?:i|we)(?:'d|'ll|'m|'ve)?\\s+(?:(?:would|will|am|have|had|got|to|must|do|can|could|should|shall|only|definitely|certainly|probably|personally|honestly|still|just|also|rather|therefore|thus|then|ultimately|finally|simply|really|think|guess|suppose|believe|say|going|want|like|need|gonna|inclined|tempted|much|here)\\s+){0,5}|(?:^|[.,;:!?\\n])\\s*(?:(?:so|and|but|then|therefore|thus|hence|definitely|probably|would|let me|let's)[\\s,]+)*)";
const verbs =
  "(?:choose|choosing|chose|chosen|pick|picking|picked|select|selecting|selected|prefer|say|said|go(?:ing)? (?:with|for)|went (?:with|for)|opt(?:ing)? for|vote(?: for)?|lean(?:ing)?(?: more)? (?:towards?|to)|settle (?:on|for)|stick(?:ing)? (?:with|to)|stay with|answer|tick|circle|mark|check|favou?r|choice|guess|take|call it)";
const foreignVerbs =
  "(?:je (?:choisis|prends|dirais)|ich (?:wähle|nehme|würde(?: sagen)?)|elijo|escojo|elegiría|escogería|scelgo|escolho|eu escolho|(?:я )?(?:выбираю|выберу)|ik kies|jag väljer|jeg vælger|jeg velger|wybieram|seçiyorum|saya (?:pilih|memilih)|tôi chọn|chọn|أختار|मैं)";
const han =
  "(?:(?:答案|答|选择|選擇|回答|正解|答え|選択|我的选择|选项|選項)(?:应该是|應該是|应为|是|为|為|は|が|:|：)?|[选選](?:择|擇)?了?|正解は|정답은|답은|답:|선택은|저는|나는|而是)";

/** The reply gives this as its answer. */
export const claimedBefore = before(
  `${others}(?<![\\p{L}])${answer}(?: (?:that|which|i)\\s[^.,;:!?\\n]{1,40}?)?${copula}|${self}${verbs}(?![\\p{L}])|(?<![\\p{L}])${foreignVerbs}|${han}|\\b(?:for|to) me,?(?: it's| it is)?`,
);

const someone =
  "(?:they|he|she|you|people|others|most|many|some|few|everyone|everybody|someone|somebody|nobody|friends?|neighbou?rs?|wife|husband|partner|brother|sister|mother|father|parents?|mum|mom|dad|son|daughter|colleagues?)";
/** Somebody else's answer. */
export const reportedBefore = before(
  `(?<![\\p{L}])(?:his|her|their|your|(?!(?:it|that|here|there|what|today|let)')[\\p{L}]+'s)\\s+(?:[\\p{L}]+\\s+)?${answer}(?:${copula})?|(?<![\\p{L}])${someone}(?:'d|'ll)?(?:\\s+(?:of (?:them|us)|all|would|will|might|may|could|probably|often|always|have|had|just|here|do|did|in my [\\p{L}]+))*\\s+(?:${verbs}s?(?![\\p{L}])|(?:thinks?|expects?|assumes?|believes?|supposes?|guess(?:es)?)(?![\\p{L}])[^.,!?;:\\n]{0,30})`,
);

/** An answer in an off-hand way: it counts where nothing behind it says otherwise. */
export const hintedBefore = before(
  "(?<![\\p{L}])(?:it's|it is|it was|it would be|it'd be|it must be|it has to be|that's|that is|that would be|that'd be|that was|this is|think|guess|believe|so|hence|therefore|thus|but|sondern|mais|sino|ma|mas|maar|men|но|а|then|maybe|perhaps|probably|definitely|clearly|leaves|leaving|honestly|personally|option|letter|choice|answer|be|was)(?![\\p{L}'])[\\s,:]*|[→⇒∴]\\s*|=>\\s*",
);

/** Options follow, whatever is said of them. */
export const listedBefore = before("(?<![\\p{L}])(?:between|among|both|either|options?)(?![\\p{L}'])");
/** Only under other circumstances: "if I were rich", but not "if I were to choose". */
export const supposedBefore =
  /(?<![\p{L}])if i (?:were|was|had)(?! (?:asked|forced|to (?:choose|pick|answer|say|select|decide)))[^.!?\n]*$/iu;
export const supposedAfter =
  /^[)\]}]*,?\s+(?:only )?(?:if i (?:were|was|had)(?! (?:asked|forced|to (?:choose|pick|answer|say|select|decide)))|unless)(?![\p{L}])/iu;

/** What has been said before is taken back: "A. No wait, B." */
export const takesBack =
  /(?<![\p{L}])(?:no|nope|wait|actually|sorry|rather|instead|i mean|make that|correction|scratch that|second thoughts?|but|however|although|though|yet|so|therefore|thus|hence|final|finally|in the end|overall|ultimately|conclusion|sondern|mais|sino|ma|mas|pero|aber|но|а|nein|non|нет)(?![\p{L}])|不对|不是|而是|其实|やっぱり|아니/iu;
export const takenBackBefore = before(
  "(?<![\\p{L}])(?:(?:no|nope|nein|non|нет)\\s*[,.!:–—-]|(?:wait|actually|sorry|rather(?!\\s+than)|instead(?!\\s+of)|i mean|make that|correction|scratch that|on second thoughts?)(?![\\p{L}]))[\\s,.!:–—-]*|不对[,，]?\\s*|其实是?|而是",
);

const verbsOfRefusal =
  "(?:say|choose|pick|select|go with|go for|call it|call|take|think|believe|mean|answer|agree with|want|like|be|i|it's|so|quite|really|necessarily|exactly|option|options|letter|number|line)";
/** This is not chosen. */
export const rejectedBefore = new RegExp(
  `(?:(?<![\\p{L}'])(?:not|isn't|aren't|wasn't|isn t|wasn t|wouldn't|won't|don't|doesn't|didn't|can't|couldn't|cannot|never|neither|nor|except|excluding|without|besides|unlike|than|instead of|(?:any|every|no)thing but|(?:all|any|none) but|over|against|reject(?:ing|ed)?|dismiss(?:ing|ed)?|discard(?:ing|ed)?|exclude[ds]?|eliminat(?:e|ed|ing)|avoid|rul(?:e|ed|ing) out|cross(?:ed)? out|nicht|kein|keine|pas|non|não|не|niet|inte|ikke|tidak|không|(?:wrong|worst) (?:answer|choice|option)(?: is|:)|no es|no)(?![\\p{L}'])(?:(?:${verbsOfRefusal}|the|a|an|that|to)(?![\\p{L}'])|\\s)*|[不没非](?:是|选|選|要|会选)?(?:择|擇)?\\s*)[(["'{]*$`,
  "iu",
);

/** A judgement of the option follows. */
const copulas =
  "(?:is|are|was|were|'s|isn't|aren't|wasn't|would|wouldn't|will|could|couldn't|can|can't|cannot|might|may|must|has|hasn't|had|have|does|doesn't|did|didn't|seems?|sounds?|feels?|looks?|appears?|goes|comes?|gets|says|means|makes|misses|remains|ist|est|es|é|è)";
export const judgedAfter = new RegExp(
  `^[)\\]}>]*(?:\\s+\\(.{1,40}?\\))?\\s+${copulas}(?![\\p{L}-])|^\\s*(?:不|ではな|じゃな|말고|아니)`,
  "iu",
);
/** The judgement is in its favour. */
export const claimedAfter =
  /^[)\]}>]*\s*(?:,\s*)?(?:(?:(?:is|are|was|were|would be|must be|has to be|seems?(?: to be)?|looks|feels|sounds|remains)\s+(?:(?:clearly|definitely|certainly|obviously|probably|really|simply|by far|still)\s+)*(?:my (?:final |own |first )?(?:answer|choice|pick|selection|vote)|mine|what i|where i|how i|(?:the )?(?:right|correct|best|closest|true|most (?:accurate|fitting|likely|appropriate))(?![\p{L}-])|the one\b|the answer|(?:exactly |just )?(?:as \p{L}+ as|the same(?: \p{L}+)?|equal)|it(?=\s*[.!,]|\s*$))|is(?=\s*[.!]|\s*$))|it (?:is|has to be|must be)|it's\b|(?:best )?(?:fits|suits|matches|describes|reflects)(?! (?:less|worst|badly|poorly))|for (?:me|sure)\b|(?:gets|has) my vote|(?:because|since|definitely|obviously|clearly|certainly|absolutely|of course|please)(?![\p{L}])|\?\s*(?:yes|yeah|yep|exactly|right|sure|ja|oui|sí|да)(?![\p{L}]))|^[)\]}>]*\s*(?:是(?:正确|正確|对|對|我)|项?(?:正确|正確)|です|だと思|입니다|이다|예요|이에요|를 선택|을 선택)/iu;
/** Words that may follow an option's letter without being a part of something else ("A friend", "B flat"). */
export const goesOn =
  /^\s+(?:and|or|nor|as|because|since|for|but|not|plus|too|also|then|definitely|obviously|clearly|certainly|absolutely|of course|i|it|it's|fits?|suits?|matches|best|over|rather|instead|please|vs)(?![\p{L}'])/iu;

/** A remark right after the option turns it down: "A: too harsh", "A? No". */
export const rejectedAfter =
  /^[)\]}>]*\s*(?:[,:;–—(-]+\s*)?(?:(?:is|was|seems|sounds|feels|looks|would be|goes)\s+)?(?:far |much |a bit |way )?(?:too|(?<![,;(–—-]\s*)not|isn't|wasn't|never|wrong|incorrect|false|out of the question|ruled out|no good)(?![\p{L}])|^\s*[?:(–—-]+\s*(?:no(?! (?:doubt|question|hesitation|idea))|nope|hardly|never|(?<![(–—-]\s*)not|rather not|too|far too|wrong|nein|non|нет)(?![\p{L}])|^[)\]}>]*\s*(?:不对|不對|不是|错|錯|ではな|じゃな|말고|아니)/iu;

/** What joins the options of one list, and what joins those of "neither A nor B". */
export const joins =
  /^(?:[\s,;&/+•–—-]|(?<![\p{L}])(?:and|or|nor|plus|as well as|also|too|both|either|maybe|perhaps|probably|the|options?|letters?|answers?|und|oder|et|ou|y|o|e|и|или|和|或)(?![\p{L}]))*$/iu;
export const conjunction =
  /(?<![\p{L}])(?:and|or|nor|plus|as well as|und|oder|et|ou|y|o|e|и|или)(?![\p{L}])|[&/+和或]/iu;
