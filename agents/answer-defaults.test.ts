import { expect, it } from "vitest";
import { defaultRankingOptions } from "../memory/ranking/options.js";
import { answerSettings, RECALL_LIMIT } from "./answer-defaults.js";
import { promptBudget } from "./prompt-budget.js";

it("the defaults that decide an answer are filled in, and what is stated takes their place", () => {
  expect(answerSettings({})).toEqual(answerSettings({ recallLimit: RECALL_LIMIT, contextTokens: 4096 }));
  expect(answerSettings({ ranking: { moodWeight: 1 }, contextTokens: 8192 })).toMatchObject({
    budget: promptBudget(8192),
    passages: { count: 3, size: 512, overlap: 32 },
    recall: { wiring: "drawn", limit: 3, ranking: { ...defaultRankingOptions, moodWeight: 1 } },
  });
});
