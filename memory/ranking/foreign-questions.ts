/**
 * Questions that hardly any life story answers, in the ways in which people ask: everyday things with details of nobody,
 * things hardly anybody lives through, and knowledge that is not of a life. Put to a character's memories they show what
 * relevance by chance looks like there; a few that a life does answer do no harm, for a quantile is taken.
 */
export const foreignQuestions: readonly string[] = [
  "What did your uncle say when you sold his fishing boat?",
  "How did you choose the curtains for your sister's nursery?",
  "Which song did the band play at the neighbours' garage sale?",
  "Who lent you a tent for the rainy festival?",
  "How much did the plumber charge for the flooded basement?",
  "Why did your cousin cancel the bowling evening?",
  "What did you name the hedgehog in your garden?",
  "When did the dentist find the crooked tooth?",
  "What did the teacher write under your essay about volcanoes?",
  "How long did you wait for the ferry with your bicycle?",
  "How did you repair the periscope of the submarine?",
  "When did your parrot learn to whistle the anthem?",
  "Why did you quit the circus orchestra in Lisbon?",
  "What was engraved on the samurai sword you inherited?",
  "Who judged the camel race you rode in?",
  "Did you ever translate Sanskrit poems into Basque?",
  "What is the boiling point of tungsten?",
  "How do convolutional neural networks share their weights?",
  "Who signed the treaty of Tordesillas?",
  "Which monetary policy caused the Weimar inflation?",
];
