-- A ledger as layout 1 was first written. Later layouts must read it: never change this file.
CREATE TABLE samples (
  key TEXT PRIMARY KEY,
  session TEXT NOT NULL,
  instrument TEXT NOT NULL,
  character TEXT NOT NULL,
  method TEXT NOT NULL,
  model TEXT NOT NULL,
  framing TEXT NOT NULL,
  arm TEXT NOT NULL,
  item TEXT NOT NULL,
  position INTEGER NOT NULL,
  repeat INTEGER NOT NULL,
  status TEXT NOT NULL,
  prompt_hash TEXT,
  body TEXT NOT NULL,
  mind BLOB
) WITHOUT ROWID;
CREATE INDEX samples_session ON samples (session, status);
CREATE TABLE superseded (id INTEGER PRIMARY KEY, key TEXT NOT NULL, status TEXT NOT NULL, usage TEXT NOT NULL, cached_calls INTEGER NOT NULL);
INSERT INTO samples (key, session, instrument, character, method, model, framing, arm, item, position, repeat, status, prompt_hash, body, mind) VALUES ('s1/0', 's1', 'sums', 'anna', 'macm', 'openai:stub', 'friend', 'group', '1', 0, 1, 'answered', 'abc', '{"reason":null,"question":"What is 1 and 1?","reply":"2 — « 二 »","answer":{"sum":2},"shown":"2","keyShown":"2","data":{"sum":2},"scores":{"right":1},"usage":{"voice":{"calls":1,"inputTokens":10,"outputTokens":2,"reasks":1}},"cachedCalls":0,"latencyMs":12.5,"degraded":["thinking"],"at":"2026-01-01T00:00:00.000Z"}', X'789cab562ac9c82f4dcf2851b252724d2caed453d2514a4b4dcdc9cc4b57b2aa562a49ad00c93827e6e48264ca127352f3925395ac0cf40c7594128bf24b8b1373403ca3da5a0082b91774');
INSERT INTO samples (key, session, instrument, character, method, model, framing, arm, item, position, repeat, status, prompt_hash, body, mind) VALUES ('s2/0', 's2', 'sums', 'anna', 'macm', 'openai:stub', 'friend', 'group', '1', 0, 1, 'error', NULL, '{"reason":"server down","question":"What is 1 and 1?","reply":"2 — « 二 »","answer":{"sum":2},"shown":"2","keyShown":"2","data":{"sum":2},"scores":{"right":1},"usage":{"voice":{"calls":1,"inputTokens":10,"outputTokens":2,"reasks":1}},"cachedCalls":0,"latencyMs":12.5,"degraded":["thinking"],"at":"2026-01-01T00:00:00.000Z"}', NULL);
INSERT INTO superseded (id, key, status, usage, cached_calls) VALUES (1, 's2/0', 'error', '{"voice":{"calls":1,"inputTokens":10,"outputTokens":2,"reasks":1}}', 2);
PRAGMA user_version = 1;
