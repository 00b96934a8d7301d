import { monthNames } from "../../data/month-names.js";
import { foldSpelling } from "../../data/spelling/fold-spelling.js";

/**
 * Closed lists of English (and a few Chinese and Japanese) function words and irregular forms.
 * Written out once, read by the normaliser; a word list is data, so it holds no logic.
 */

/** Words that carry no content of their own: they are neither indexed nor searched. */
export const stopWords: ReadonlySet<string> = new Set(
  `a an the this that these those there here
  i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers
  herself it its itself they them their theirs themselves one ones someone somebody anyone anybody something
  anything everything nothing everyone everybody each other others
  am is are was were be been being do does did done doing have has had having can could may might must shall should
  will would ought need
  and or but if then else than so as because while although though until unless since
  of in on at by for with from to into onto over under about against between through during before after above
  below up down out off again further within without along across around
  what which who whom whose when where why how whether
  not no nor only own same too very just also even still yet already ever never
  all any both few more most much many some such lot lots
  im ive id ill youre youve youd youll hes shes thats theres heres whats whos wheres hows lets its were weve wed
  theyre theyve theyd theyll isnt arent wasnt werent dont doesnt didnt havent hasnt hadnt cant couldnt wont wouldnt
  shouldnt mustnt aint gonna wanna gotta
  oh ah hey hi hello hmm uh um yes yeah yep nope ok okay well really thanks thank please
  s t d m ll re ve
  的 了 是 在 我 你 您 他 她 它 我们 你们 他们 她们 吗 呢 吧 啊 什么 谁 哪 哪里 哪儿 怎么 怎样 为什么 和 与 跟 也 都 就 很 有 没有 不
  这 那 这个 那个 这些 那些 个 着 过 把 被 给 对 从 到 上 下 里 中
  は が の を に で と も へ や か ね よ な から まで より です ます でした ました だ だっ た て する し した して いる い ある あり ない
  こと もの これ それ あれ この その あの 私 僕 俺 あなた 君 彼 彼女 何 誰 どこ いつ なぜ どう どの どんな ください さん`
    .split(/\s+/)
    .filter(Boolean)
    .map(foldSpelling),
);

/** Stop words that are nouns after an article or a possessive ("in his will", "down the well"), as a choice of a pattern. */
export const modalNouns = "will|wills|might|can|cans|must|need|needs|well|wells";

/** First names that are also everyday words, as far as English has them: in lower case they are the word. */
export const nameWords: ReadonlySet<string> = new Set([
  ...monthNames,
  ...`amber angel art ash aspen autumn basil bay belle bill blossom blue brandy breeze brook buck bud candy carol case cash
  chance charity chase cherry chip clay cliff coral cricket crystal daisy dale dawn dean destiny dick dolly dot drew duke dusty
  earl ebony ember faith fern flint flora forest fox frank gale gay gene ginger glen glory grace grant gray guy happy harmony
  harp haven hazel heath heather heaven holly honey hope hunter iris ivory ivy jade jasmine jay jet jewel joy juniper justice
  king lance lark laurel lavender liberty lily linden lotus lucky magnolia major marble marigold mark marsh mason mat melody
  mercy merit miles mina mist misty nick noble norm nova oak ocean olive opal orchid page pansy pat patience peace pearl peg
  penny peony petal phoenix pierce piper poppy porter prince princess prudence queen rain raven ray reed rich ridge river rob
  robin rocky rose rosemary rowan ruby rusty sage sandy scarlet scout serenity shade sierra silver sky snow sonny spring star
  sterling stone storm sue summer sunday sunny tanner temperance timber topaz trinity unity valentine velvet victory viola
  violet wade ward warren west will willow winter wolf woody wren young`.split(/\s+/),
]);
/**
 * Words that name a field of every life, not a thing in this one: what a model asks for where it knows nothing to ask for
 * ("places where I have lived", "my family and childhood").
 */
export const generalWords =
  `place places live lived living life lives work job career travel travels travelled trip trips
journey journeys family relative relatives relation relationship relationships parent parents sibling siblings friend
friends friendship childhood child children youth young early old age past present future time times year years day days
moment moments period memory memories experience experiences event events story stories thing things stuff something
own owned favourite favorite like love hobby hobbies interest interests activity activities free leisure creative sport
sports game games home house school education study studies learn learned learning teach health illness ill sick injury
injuries hurt accident accidents trouble troubles money decision decisions feeling feelings emotion emotions happy sad
important meaningful special significant major big good bad difficult hard people person man woman background history
detail details information fact facts opinion opinions view views thought thoughts idea ideas win winning prize prizes
celebration celebrations meal meals food outing outings music art book books animal animals pet pets belonging
possession possessions toy toys visit visited meet met know known ask asked talk talked tell told conversation`.split(
    /\s+/,
  );

/** Words that point back to what was just said, or ask for more of it: a question of these alone leans on the talk. */
export const leaningWords =
  `happen happened go going say said think thought feel felt mean meant tell told make made know
come get want thing like do find react reaction next later happen end start continue story detail sound look
interesting sorry wonder see understand exactly sure true right really`.split(/\s+/);

/** Base form first, then its irregular forms. */
const irregular = `go went gone;be being;see saw seen;get got gotten;make made;take took taken;come came;know knew known;
think thought;say said;tell told;find found;give gave given;leave left;feel felt;bring brought;begin began begun;
keep kept;hold held;write wrote written;stand stood;hear heard;mean meant;meet met;run ran;pay paid;sit sat;
speak spoke spoken;lie lay lain;lead led;grow grew grown;lose lost;fall fell fallen;send sent;build built;
understand understood;draw drew drawn;break broke broken;spend spent;buy bought;wear wore worn;choose chose chosen;
catch caught;teach taught;eat ate eaten;drink drank drunk;drive drove driven;ride rode ridden;rise rose risen;
fly flew flown;swim swam swum;sing sang sung;win won;sell sold;sleep slept;fight fought;throw threw thrown;
forget forgot forgotten;forgive forgave forgiven;hide hid hidden;steal stole stolen;wake woke woken;show shown;
seek sought;dig dug;hang hung;shoot shot;stick stuck;strike struck stricken;swing swung;sweep swept;weep wept;
dream dreamt;learn learnt;burn burnt;lend lent;bend bent;deal dealt;feed fed;bleed bled;breed bred;blow blew blown;
freeze froze frozen;bite bit bitten;shake shook shaken;shine shone;sink sank sunk;shrink shrank shrunk;
spring sprang sprung;ring rang rung;tear tore torn;swear swore sworn;bear bore born borne;beat beaten;become became;
overcome overcame;bind bound;cling clung;creep crept;flee fled;fling flung;grind ground;kneel knelt;slide slid;
spin spun;sting stung;undergo underwent undergone;withdraw withdrew withdrawn;
undertake undertook undertaken;mistake mistook mistaken;light lit;weave wove woven;sew sewn;sow sown;mow mown;
child children kid kids;man men;woman women;person people;foot feet;tooth teeth;mouse mice;goose geese;wife wives;
life lives;knife knives;leaf leaves;shelf shelves;wolf wolves;half halves;thief thieves;loaf loaves;calf calves;
mother mom mum mommy mama;father dad daddy papa;grandmother grandma granny nana;grandfather grandpa granddad;
photo photograph photos pic pics picture pictures;television tv;bicycle bike bikes;telephone phone phones;
refrigerator fridge;mathematics math maths;laboratory lab labs;university uni;good better best;bad worse worst;
old elder eldest;far farther further furthest`;

/** Irregular form (and everyday short form) to base form. */
export const baseForms: ReadonlyMap<string, string> = new Map(
  irregular.split(";").flatMap((group) => {
    const [base = "", ...forms] = group.trim().split(/\s+/);
    return forms.map((form): [string, string] => [form, base]);
  }),
);

const digits =
  `zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty`.split(/\s+/);
const tens = "thirty forty fifty sixty seventy eighty ninety hundred".split(" ");
const ordinals = "first second third fourth fifth sixth seventh eighth ninth tenth".split(" ");
const ordinalEnding = ["st", "nd", "rd"];

/** Number word to digits ("one" is left out: it is mostly a pronoun). */
export const numberWords: ReadonlyMap<string, string> = new Map([
  ...digits.map((word, index): [string, string] => [word, String(index === 0 ? 0 : index + 1)]),
  ...tens.map((word, index): [string, string] => [word, String((index + 3) * 10)]),
  ...ordinals.map((word, index): [string, string] => [word, `${index + 1}${ordinalEnding[index] ?? "th"}`]),
]);

/** Words of nearly the same meaning in talk about a life; a question's word also finds its group, at half weight. */
export const synonymGroups: readonly (readonly string[])[] = `job work career occupation profession employment
pet dog cat puppy kitten animal
hobby pastime interest leisure
house home apartment place
spouse husband wife partner married
marry married wedding marriage
sibling brother sister
parents mother father
child son daughter
movie film
book novel
begin start
buy purchase acquire
trip travel journey vacation holiday visit
sad upset unhappy
happy glad joyful excited
afraid scared fear
ill sick illness disease
doctor physician
school college university education study
teach teacher class lesson
cook recipe meal dish food
exercise workout gym fitness
paint painting art artwork draw
music song band instrument
sport game team
plan goal intend
friend buddy pal
car vehicle
money financial income salary
birthday anniversary
store shop
live reside residence
move relocate relocation
injury injured hurt
like love enjoy favourite favorite
stress destress relax unwind
help support assist`
  .split("\n")
  .map((line) => line.trim().split(" "));
