/** Layout of the ledger file; a file of another layout is refused. */
export const LAYOUT = 1;

/**
 * `samples` holds what counts. What decides and what is filtered by has a column; the rest is JSON in `body`, the mind
 * compressed in `mind`. `superseded` keeps the cost of samples that were put again.
 */
export const TABLES = `
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
`;
