import { AIMessage } from "@langchain/core/messages";
import { expect, it } from "vitest";
import { endReasonOf } from "./end-reason.js";

it.each([
  [{ finish_reason: "stop" }, "stop"],
  [{ stop_reason: "end_turn" }, "stop"],
  [{ finishReason: "MAX_TOKENS" }, "length"],
  [{ stop_reason: "tool_use" }, "tool_calls"],
  [{ finish_reason: "content_filter" }, "content_filter"],
  [{ done_reason: "load" }, "unknown"],
  [{}, "unknown"],
])("%o ended by %s", (response_metadata, reason) => {
  expect(endReasonOf(new AIMessage({ content: "", response_metadata }))).toBe(reason);
});

it("a refusal counts before what the server says of the end", () => {
  const refused = {
    content: "",
    additional_kwargs: { refusal: "I can't." },
    response_metadata: { finish_reason: "stop" },
  };
  expect(endReasonOf(new AIMessage(refused))).toBe("refusal");
});
