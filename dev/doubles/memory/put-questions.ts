// Test data: questions as people put them to two characters of this package, each with the recall queries that a model
// made of it (one about the thing, one often general), whether the life answers it, and by which memories.

/** One question, the queries made of it, and the keys of memories that answer it; none where nobody knows. */
export interface PutQuestion {
  character: "hester-tranter" | "kuo-yu-hsiang";
  asked: string;
  queries: readonly [string, string];
  answeredBy: readonly string[];
}

const put = (
  character: PutQuestion["character"],
  rows: readonly (readonly [asked: string, query: string, other: string, answeredBy?: string])[],
): PutQuestion[] =>
  rows.map(([asked, query, other, answeredBy = ""]) => ({
    character,
    asked,
    queries: [query, other],
    answeredBy: answeredBy.split(" ").filter(Boolean),
  }));

/** The questions that the rules were made with. */
export const workingQuestions: readonly PutQuestion[] = [
  ...put("hester-tranter", [
    ["Have you ever been to Paris?", "trips to Paris or France", "places where I have lived or travelled"],
    [
      "What was your favourite subject at university?",
      "my time at university",
      "school and what I learned there",
    ],
    ["Did your father ever fly an aeroplane?", "my father and aeroplanes", "my father's life and work"],
    ["What colour was your first bicycle?", "my first bicycle", "childhood toys and things I owned"],
    [
      "Which vineyard did you visit with your cousin Edgar?",
      "a vineyard with Edgar",
      "family outings with cousins",
    ],
    ["What happened to your little brother?", "Sid drowning at Marl Lock", "my brother Sid", "005 006 007"],
    [
      "How did you learn to read?",
      "Pauline Ashby teaching me to read",
      "learning letters as a grown woman",
      "021",
    ],
    ["Who taught you your trade?", "Caleb Foss and the rope loft", "my apprenticeship", "004 011 012 013"],
    ["And who was she?", "Pauline Ashby", "the woman who taught me to read", "020 021"],
    ["Is your husband still with you?", "Ray leaving me in 1993", "my marriage", "022"],
    ["What is the money in the tin for?", "saving for Sid's stone", "the Golden Syrup tin", "030"],
    ["Where were you born?", "my birth on the boat Clemency", "where I come from", "001"],
    [
      "Did you ever fall out with your brother?",
      "Joe selling Clemency",
      "quarrel with my brother Joe",
      "018",
    ],
  ]),
  ...put("kuo-yu-hsiang", [
    ["How did you break your leg skiing?", "skiing accident", "injuries and times I was hurt"],
    ["What does your brother do for a living?", "my brother's job", "my siblings and family"],
    ["When did you start painting in oils?", "oil painting", "hobbies and creative things I do"],
    ["What did you eat at your wedding?", "my wedding day", "meals and celebrations"],
    ["Do you still have the dog you had as a boy?", "my childhood dog", "animals in my childhood"],
    [
      "Why did you lose touch with your friend?",
      "Po-han leaving after I imitated his stammer",
      "losing Po-han",
      "012 013",
    ],
    [
      "Is your grandfather alive?",
      "finding my grandfather in Zhushan",
      "my grandfather's secret",
      "008 009 032",
    ],
    ["How did you meet her?", "meeting Wan-ju at the eclipse", "Tseng Wan-ju", "018"],
    ["What instrument do you play?", "playing the euphonium", "music in my life", "006"],
    ["What do you do for work?", "working in the inflatable planetarium", "my job with Old Fang", "017 021"],
    ["How was your time in the army?", "night guard in the army with A-tu", "military service", "019"],
    ["Did she ever find out?", "my mother knowing about my grandfather", "Mei-chu and the secret", "032"],
    [
      "What is the worst thing you did on a stage?",
      "imitating Po-han's stammer at school",
      "performing on stage",
      "012",
    ],
  ]),
];

/** Questions looked at only when the rules stood. */
export const unseenQuestions: readonly PutQuestion[] = [
  ...put("hester-tranter", [
    ["Where did you go on your honeymoon in Spain?", "honeymoon in Spain", "my wedding and the days after"],
    ["What was your score in the piano competition?", "piano competition", "winning prizes or competitions"],
    [
      "Which football club did you support as a girl?",
      "football club I supported",
      "sports and games in my youth",
    ],
    ["How long were you in hospital with malaria?", "malaria and the hospital", "times I was ill"],
    ["What did your twin sister study?", "my twin sister's studies", "my family and school"],
    ["What was the first word you could read?", "the word DANGER", "learning to read with Pauline", "021"],
    ["How did your father die?", "Amos's death in December 1984", "my father's last days", "017"],
    [
      "What has become of the boat you grew up on?",
      "Clemency as a pink café",
      "finding Clemency again",
      "027",
    ],
    [
      "Who buys your fenders?",
      "forty-six orders for fenders after the film",
      "customers for my fenders",
      "026 032",
    ],
    ["Do you have grandchildren?", "my grandson Callum", "teaching Callum knots", "031 032"],
    [
      "And what did he say to that?",
      "Joe's answer in the kitchen in Banbury",
      "telling Joe about the buckle",
      "034",
    ],
    [
      "What happened to your hand?",
      "the operation on my right hand",
      "learning the knots with the left",
      "029",
    ],
    ["Were you ever good at games?", "dominoes at the Boat Inn with Cyril", "games I play", "025"],
  ]),
  ...put("kuo-yu-hsiang", [
    ["Who was your boss at the bank in Zurich?", "working at a bank in Zurich", "jobs I have had"],
    ["What kind of boat did you sail round the island?", "sailing round the island", "journeys I made"],
    ["How did your son's operation go?", "my son's operation", "illness in the family"],
    [
      "Which poem did you read at your niece's graduation?",
      "poem at my niece's graduation",
      "reading in front of people",
    ],
    ["Why did you sell your vineyard?", "selling the vineyard", "money troubles and decisions"],
    [
      "What was it like when the earth shook?",
      "the earthquake of April 2024 in the dome",
      "keeping children calm",
      "003 031",
    ],
    [
      "How much money did you lose on the shirts?",
      "T-shirts with the wrong eclipse",
      "owing my sister money",
      "023",
    ],
    ["What did your grandmother teach you?", "A-má's star pictures", "my grandmother on the roof", "003 004"],
    ["Did you say sorry in the end?", "apologising to Po-han", "letter of apology", "013 030"],
    ["Why did she leave you?", "Wan-ju leaving for Hsinchu", "the end with Wan-ju", "027"],
    ["Do you play in a band?", "the band on Thursday nights", "euphonium in a band", "006"],
    [
      "What are your plans for this summer?",
      "train ride to Alishan with my father",
      "buying Old Fang's dome",
      "033",
    ],
    [
      "Tell me about a storm you remember.",
      "typhoon Morakot and my father missing",
      "typhoons in my life",
      "007 015",
    ],
  ]),
];
