import { termOf } from "./terms.js";
import { baseForms, numberWords, synonymGroups } from "./word-lists.js";

/**
 * Common English words, one a stem: a word of these is no typing error, however near it is to another. From the vocabulary
 * of the Universal Sentence Encoder lite (Apache-2.0), and everyday things by hand. Those of the other lists are words too.
 */
const list = `aaron abandon ability able abortion abroad absence absolutely absorb abuse academic academy accent accept
access accident accomplish according accordion account accumulat accurate accus accused achieve acid
acknowledge acquisition acres acting action active activist actor actress actually adam adapt added addict
addition additionally address adequate adjust administration admire admission admit adopt adorable adult
advance advantage adventure advertise advice advise advisor advocate aeroplane affair affect affiliate
afford afghanistan africa african afternoon afterwards agency agenda agent aggressive agree agreement ahead
aircraft airline airport alabama alarm alaska albert album alcohol alert alex alexander algebra algorithm
alien align alive alleged allegedly allen allow almond almost alone alongside alot alphabetical alright
alter alternative always amazing amazon ambulance amendment america american among amount analog analysis
analysts analyze anchor ancient anderson andrew android angeles anger angle angry ankle announced annoying
annual anonymous another answer anthony anti antibiotic anticipate antonio anxiety anymore anyway anywhere
apologize apparently appeal appear apple application apply appointment appreciate approach appropriate
approved approximately apricot april apron arab arabia arch archery architect architecture area aren argue
argument arizona arms army arrangement array arrested arrived arsenal arthritis article artificial artist
asia asian asked asleep assault assembly assert assess assets assigned association assume assumption asthma
atheist athlete atlanta atlantic atmosphere attached attack attempt attend attention attic attitude attorney
attractive attribute auction audi audience audio audit august aunt austin australia australian authentic
author auto automatically available avalanche avenue average avoid awake award aware away awesome awful
awkward baby back background bacon bacteria badger bail bake baker balance ball ballet baltimore banana
bandage bang bank banned baptism barber barely barn barrel barrier baseball based basic basis basket
basketball bath bathroom batman battery battle beach bean beautiful bedroom beer beetle behavior behaviour
behind beijing belief believe bell belong bench beneficial benefit bengal besides beyond bias bible bigger
biggest bill billion biology bird birth biscuit bishop black blacksmith blame blanket blast bleach blend
bless blind blizzard block blog blonde blood blouse blue board boast boat body boil bomb bond bone bonus
boost boot border boring borrow boss boston bother bottle bottom bounce bout bowl boxing boyfriend boys
bracelet brad brain brake branch brand brandy brazil breach bread breakfast breast breath brew brian bride
bridge brief bright brilliant britain british broad broadcast broker brooch brook brooklyn brown browser
bruce bruise brush brutal bryan bubble buck bucket budget buff bulb bulk bull bullet bump bunch burden
bureau buried burst bush business butcher butler butter butterfly button cabbage cabinet cable cage cake
calculate calendar california called calm calories camel camera cameron camp campaign campbell campus canada
canadian canary cancel cancer candidate candle cannot canoe capable capacity capital captain capture caravan
carbon card cardinal care carefully carl carol carolina carpenter carpet carriage carrier carrot carry cart
carter cartoon case cash casino cast casual category catholic cause caution cave ceiling celebrate cell
cellar cello cemetery cent center central centre century ceremony certain certainly certificate chacha chain
chair chairman chalk challenge champion championship chan chance change channel chapter char character
charge charity charles charlie charlotte chart chase chat cheap cheaper cheat check cheek cheer cheese
chelsea chemical chemistry cherry chess chest chicago chicken chief childhood chill chimney chin china
chinese chip chocolate choice choir chris christ christening christian christmas christopher chronic chunk
church cider cigarette cinema circle circuit circum circumstances circus citizens city civil civilian claim
clarinet clark classic classroom clean clear clearly clerk cleveland clever click clients cliff climate
climb clinic clinton clip cloak clock close closer closest clothes cloud club clue coach coast coat cobbler
code coffee coffin coin coincide cold coll collaboration collapse collar collateral colleague collect
collins colon color colorado colour columbia column combat combination comedy comfortable comic comm command
comment commercial commission committed committee common community comp company compared comparison
compatible compensation compete competition competitor complain complaint completely complex compliance
complicated compliment component compound comprehensive compress comprise compromise computer concentrate
concept concerns concert conclude conclusion concrete condemn condition condom conduct conf conference
confess confidence confirmed conflict confront confused congress connection cons conscious consecutive
consensus consent consequence conservative consider consideration consistent console consolidate conspiracy
constant constantly constitution construction consult consumer consumption contact contain contemporary
contend content contest context continue contract contradict contrast contribute control controversial
convenient convention conversation convert convey convicted convince cool cooper copy core corn corner corp
corporation correct correctly correspond corruption cost costume cottage cotton cough couldn council counsel
count counter counterpart country county couple courage course court cousin cover coverage crab crack cradle
craft craig crash crayon crazy cream create creation creative creator creature credit creek crew cricket
crime criminal crisis criteria critical crop crore cross crow crowd crown crucial cruise crush crutch cruz
cuba cucumber cult culture cupboard curious currency current curse curtain curve cushion custody customers
cute cutting cyber cycle daily dallas damage dance dangerous daniel dark data database date david davis days
dead dealer death debate debt debut decades december decent decided decision deck declared decline decor
decrease dedicated deep default defeat defence defend defense deficit define definitely degree delay delete
delhi deliberate delicious delight deliver delivery demand demo democracy democrat demon demonstrate denied
dentist denver department depends depict deploy deposit depression depth deputy derivative descend described
description desert deserve design desire desk desktop desperate despite destination destroy destruction
details detect determine detroit development device diabetes diagnosed dialogue diamond diary dice
dictionaries didn died diego diet different difficult digital dimension dinner diploma direct directly
director dirt dirty disabled disagree disappear disappoint disaster disc discharge discipline disclosed
discount discover discrimination discuss dislike dismiss disney disorder display dispute disrupt distance
distinct distinguish distract distribution district disturb ditch diverse divide dividend diving division
divorce dock document documentary doesn dollars dolphin domestic dominant domino donald donkey door double
doubt dough download downtown downvote dozen draft drag dragon drain drama dramatic drawer dress drill
driver drizzle drop drought drug drum drummer dubai duck dude dumb dump dunno dust dutch duty dying dynamic
dysfunction eager eagle earlier early earn earring earth earthquake ease easier easiest easily east eastern
easy economic economy edge edit editor edward effect efficient effort egypt either elaborate election
electric electrician electro electronic element eligible eliminate elite elizabeth elsewhere email embrace
emergency emissions emotional emphasis empire employ employees empower empty enable encounter encourage
ended endorse enemy energy enforcement engaged engine england english enhance enormous enough enroll ensure
enter enterprise entertainment entire entitled entity entrance entrepreneur entry envelope environment
environmental episode equal equation equipment equity equivalent erection eric error escape especially espn
essay essential established estate estimate ethic ethnic euro europe european evaluat evan evening event
eventually every everyday everywhere evidence evil evolution evolve exact exactly exam examine example
exceed excellent except excess exchange exclusive excuse executive exempt exhaust exhibit exist exit expand
expansion expect expensive experience experienced expert expertise explain explanation explode exploit
explore explosion export exposed exposure express extend extension extent external extra extremely eyes
fabric face facebook facilitate facility fact factor faculty fail failure fair fairly faith fake false
familiar family famous fancy fans fantastic fantasy farm farmers fashion fast faster fault favor favour
feather features february federal feedback fees fellow female fencing ferr ferry festival fever fiction
field fighter figure file fill filter final finance fine finger finish fire firearm firm fiscal fish
fisherman fixed flag flame flash flat flavor flexibility flight flip flirt float flood floor florida flour
flow fluid flute focus focused folder folks follow fool footage football force forecast foreign forever fork
form formal format former formula forward foundation fracture frame framework fran france franchise francis
francisco frank fraud freak fred free freedom french frequency frequently fresh friday friendly friendship
frog front frost fruit frustration fuel fulfill full fully function fund fundamental funeral funny furniture
future gain galaxy gallon gang garage garbage garden garlic gate gather gear gender gene general genetic
genius genre gentle genuine geography george georgia german germany ghost giant gift girl girlfriend glass
glen global glove goat godmother goes gold golden golf google gordon gorgeous government governor grab grade
gradually graduate grammar grand grant grape graphic grass grateful grave gravity great greater greatest
greece greek green greet greg grey grill grip grocer grocery groom gross group growth guarantee guard guess
guest guidance guide guidelines guilty guitar guys gymnastics habit hack haha hail hair hall hamilton
hamster hand handle happen happier harbour hard harder hardware hare harm harp harris harsh harvard hasn
hate haven hawaii hawk hazelnut head headache headline headquarters health healthcare healthy heart hearth
heat heath heaven heavily heavy hedge hedgehog height helicopter hell helmet henry heritage hero heron
herring high higher highest highlight highly highway hiking hilarious hill hillary hindu hint hire
historical history hitler hitting hockey hole hollywood holy homeless homework homosexual honest honestly
honey hong honor honour hook hope hopefully horizon hormone horrible horror horse hospital host hotel hours
household houston howard however http huge human humor hundreds hungry hunter hunting hurricane hybrid hydro
hymn hyper idea ideal identify identity ignore illegal illinois image imagine immediately immigrant immune
impact implement important impose impossible impressive improve incentive inches incident including
incorporate increase increasingly incredibly indeed independent index india indian indicate individual
indonesia industry infant infection infinite inflation influence info information infrastructure ingredient
inherent inherit inhibit initial innings innocent innovation input insane insert inside insight insist
inspection inspired instagram install instance instant instead instinct institution insult insurance
integrate intellectual intelligence intense intention inter interact interface interfere interior
international internet interpret intervention interview introduced introduction inventory invest
investigation investors invited involved iowa ipad iphone ipod iran iraq ireland irish iron irre isis islam
island israel israeli issue italian italy items itunes jack jacket jackson jacob jail james jane january
japan japanese jason java jealous jeans jeff jennifer jeremy jerk jersey jessica jesus jewish jews jimmy
john johnson join joint joke jonathan jones jordan joseph josh journal journalist judge judgment juice july
jump june junior junk jurisdiction jury justice kansas karma kelly kennedy kentucky kenya kettle kevin
keyboard khan kick kidding kill kind kinda king kingdom kiss kitchen kite knee knight knitting knock
knowledge kong korea korean kris kumar kyle label labor labour lack ladder lady laid lake lamb lamp land
landlord landscape lane language lantern laptop larder large larger largest last late later latest latin
latter laugh launch lauren lawmakers lawrence laws lawsuit lawyer layer lazy leader leadership league leak
lean lease least leather lecture legacy legal legend legislation legitimate legs lemon lender length lens
lentil less letter letting lettuce level leverage lewis liberal library license lifestyle lift lighthouse
lightning limit lincoln lind line linen link linux liquid list listen literally literature little liverpool
lizard load loans lobby local location lock locksmith locomotive lodger logic logo london long longer look
loop loose lord loss loud louis lower lowest loyal luck lucky luke lunch lung luxury lying lyrics machine
madison madrid magazine magic magnet maid mail main mainly mainstream maintain maintenance major makeup
malaria malaysia male manager manchester mandate manner manual manufacturer marble march margin maria
marijuana marine mark market marsh marshall martin mary mask mason mass massachusetts massive master match
mate material matt matter matthew mattress mature maximum maybe mccain mcdonald meadow meaningful meanwhile
measles measure meat mechanic medal media medical medicine medium melbourne members memory mental mention
menu merc merely mess message metal method mexican mexico miami michael michel michigan micro microsoft
middle midwife mike mild miles militant military milk milkman mill miller million mind miner mini minimal
minimum minister ministry minnesota minor minutes miracle mirror miss missile mission missouri mist mitchell
mitten mixed mixture mobile mode model moderate modern modi molecule moment momentum monday monitor monk
mono monster months mood moon moore moral morgan morning morris mortgage mostly moth motion motivate motor
motorcycle mount mountain mouth movement mule multi multiple multiply mumbai mumps municipal murder murphy
murray muscle museum muslim mustard mutual mystery nail naked name narrative narrow nasa nasty national
native natural navy nazi ncaa near nearby nearly necessarily necessary neck necklace needle needs negative
negotiation neighbor neighborhood neighbour neither nelson nephew nerve nervous netflix network neuro
neutral news newsletter newspaper next nice nichol nick nickname niece nigeria night nightmare nintendo
nobody noise nominee none normal north northern nose note notebook notice november nuclear number numerous
nurse nutrition obama object obligation observe obtain obvious obviously occasion occasionally occur ocean
october offense offer office official often ohio ointment oklahoma older olympic once ongoing onion online
ontario open operate opinion opponent opportunity opposed opposite option orange orchard order ordinary
oregon organisation organization original orlando orleans orphan oscar otherwise otter outcome outdoor
outfit output outside outstanding oven overall overseas overwhelming owen owned owner ownership oxygen
oyster pace pacific pack package page pain pair pakistan palestinian palm panel panic pantry pants paper
para parallel parameter parcel paris park parliament parrot part partially participate particular
particularly partnership party pass passenger passion passport password past patch patent path patience
patients patrick patrol pattern paul payment peace peach peak peanut pear penalty pencil penn pennsylvania
penny pension pepper percent percentage perception perfect perfectly performance perhaps period permanent
permission permit persist personnel perspective peter petition pharmacy phase phil philadelphia philip
phillip philosophy phoenix phrase physical piano pick piece pier piercing pill pillow pilot pink pipe
pipeline pitch pittsburgh pizza plain plane planet plant plastic plate platform play players plea pleasant
pleasure pledge plenty plot plug plum plumber plus pocket poem point poison pokemon police policy political
politician polka poll pollution pond pony pool poor popular population port portfolio portion portray pose
position possession possible post postcard postman potato potential potter pounds pour poverty powder power
practice praise pray prayer precise predict prefer pregnancy pregnant premier premise premium prepared
prescription presence present preserve president presidential press pressure pretend pretty prevent previous
previously price pride priest primarily primary prime prince principal principle print prior priority prison
privacy private privilege prize prob probably problem procedure proceed process produce product professional
professor profile profit program programme progress prohibit project prominent promise promote prompt
pronounce proof prop proper properly property proportion proposed prosecutor prospect protect protein
protest proud prove proven provide province provision psycho psychological public published pudding pull
pump pumpkin punch punish puppet pure purple purpose purse pursue push putting puzzle qual qualify quality
quant quarrel quarter quarterback queen quest question quick quickly quiet quite quora quote rabbit race
rachel racial racism racist radical radio raft rail rain raised rally rand random range rangers rank rare
raspberry rate rather ratio rational raven reach react reaction read ready real realise realistic reality
realize rear reason rebound recall received recently recognise recognition recognize recommend recon record
recover recovery recruit reddit reduce reduction reference reflect reform refresh refugee refused regard
regardless regime region registered registration regret regular regularly regulations regulatory reject
related relationship relative release relevant reliable relief relieve religion religious remain remark
remember remind remote remove rent repair repeat repeatedly replace reply report reportedly represent
republic republican reputation requested required rescue research reserve residential resist resolution
resolve resort resources respect respond response rest restaurant restore restrict result resume retail
retain retired return reuters revealed revenue reverse review revolution reward ribbon rice rich richard
rick ridiculous rifle right risk rival river road roast robert robinson robot rock rocket roger role roll
roman romance romantic rome ronald roof rookie room rooster root ross roster rough roughly round route
routine rowing royal rucksack rude rugby ruin rule rumor runner rural rush russell russia russian ryan
sacrifice safe safety sailing sailor saint sake salad sales salmon salt sample samsung sanction sand sanders
sandwich santa sarah satchel satellite satisfaction satisfy saturday sauce saucer saudi sausage save scale
scam scan scandal scar scarf scary scenario scene schedule scheme scholarship science scientific scientist
score scotland scott scrabble scrap scratch scream screen screw script seal search season seat seattle
secondary seconds secret secretary section sector security seemingly seems segment select self semi senate
senior sense sensitive sensor sentence sentiment separate september sequel sequence serial series serious
seriously serve server service session setting settle settlement several sexual shade shadow shame shampoo
shape shar share shark sharp sheep sheet shelter shepherd sheriff shield shift shilling ship shirt shock
shoes short shoulder shouldn shout shower shut side sight sign signal signature significant significantly
silence silent silk silly silver similar simon simple simply singapore singer singh single siren site
situation size skate skills skin skinny skip skirt slap slate slave sled sledge sleeve slice slight slightly
slip slipper slot slow slowly small smaller smart smartphone smash smell smile smith smoke smooth snack
snail snake snap sneak snow soccer social society sock soft software solar soldiers solid solo solution
solve somehow sometimes somewhat somewhere sonnet sony soon sophomore sorry sort soul sound soup source
south southern soviet space spain span spanish spark sparrow spec special specialist species specific
spectrum speech speed spell spider spinach spirit spiritual split spoil spokesman spokesperson sponsor spoon
spot spray spread squad square squirrel stable stack stadium staff stage stake stamp standard stanley star
startup state statement station statistics status stay steady steam steel step stepfather stephen stereotype
steve steven stew stewart stock stomach stone stop storage stork storm story stove stra straight strain
strange stranger strategic strategy straw strawberry streak stream street strength strengthen stretch strict
string strip stroke strong stronger structure struggle students studio stuff stunning stupid style subject
submission submit subreddit subscribe subsequent substance substantial substitute suburb succeed success
suck sudden suddenly suffer sufficient sugar suggest suicide suit suitcase summary summer sunday super
superior supplement supplier supply supposed supreme sure surface surge surgeon surgery surprised
surrounding survey survive survivor suspect suspended suspension sustain swamp swan swap sweat sweden sweet
switch sydney symbol symptoms syria syrup system table tablet tackle tactic tail tailor talent talk tall
tank tape target task taste tattoo taxes taxpayer taylor teapot tech technical technique technology teen
teenager tele telegram temp temperature template temporary tenant tend tennessee tennis tension tent term
terminal terrible territory terror terrorist test texas text theater theatre theory therapist therapy
therefore thick thin things thomas thompson thousands thread threat threatened thrill throat throughout thru
thumb thunder thursday thus ticket tiger tight till time tiny tired tissue titan title toad today together
toilet tomato tomorrow tongue tonight tony tools topic torch tornado toronto torture total touch touchdown
tough tour tourist tournament towards town track trade traditional traffic tragedy trail trailer training
trait tram tramway trans transaction transfer transform transition translate transmission transport trap
trash trauma treat treatment tree tremendous trend trial tribute trick tried trigger trillion troll trolley
trombone troops trouble trousers trout truck true truly trump trumpet trust truth trying tube tuesday tumour
tune turkey turn turnip tutorial tweet twice twin twist twitter tyler type typhoon typically typist ugly
ukraine ultimately ultra umbrella unable uncertain uncle uncomfortable underlying unemployment unexpected
unfair unfortunately uniform union unique united unknown unlikely unlimited unnecessary unusual upcoming
update upgrade upload upon upper upvotes urban urge used user usually utah utili utilize valid valley
valuable value vancouver variable variation variety various vary vast vegas vegetable vegetarian velvet
vendor venture venue versa version versus vessel vest veteran vicar vice victim victoria victory video
vietnam view village villain vinegar vineyard violation violence violent violin virgin virginia virtual
virus visa visible vision visitors visual vital vitamin vocal voice void volcano volume volunteer vote
voters vulnerable wage wagon wait waiter walk wall wallet walmart walnut waltz want wardrobe warm warning
warrant warrior wash washington wasn wasp waste watch water wave wayne ways weak wealth weapons weather
weaver website wednesday week weekend weigh weight weird welcome welfare weren west western whale whatever
wheel whenever whisky whit white whole wide widow width wikipedia wild williams willing wilson wind window
wine wing winner winter wipe wire wireless wisconsin wisdom wise wish witness wonder wood wool words workers
world worldwide worm worry worship worth wouldn wound wrap wreck wrestling writer wrong xbox yahoo yards
yarn year yeast yell yellow yesterday yield york young younger youtube zealand zombie zone`;

let known: ReadonlySet<string> | undefined;

/** Whether a word, in any of its forms, is a common one. */
export function isCommonWord(word: string): boolean {
  known ??= new Set(
    [list.split(/\s+/), [...baseForms.values()], [...numberWords.keys()], synonymGroups.flat()]
      .flat()
      .flatMap((each) => termOf(each) ?? []),
  );
  const term = termOf(word);
  return term === undefined || known.has(term);
}
