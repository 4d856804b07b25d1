-- Schema 5. What lines are worth to models that were asked about them: a row each time one was.
-- `context` names all that the model's prompt was made of there, so that a score whose prompt would
-- be another now is known; `length` is how many tokens that prompt has, `room` the size of the
-- context where something had no room in it.
CREATE TABLE score (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL,
  play INTEGER NOT NULL REFERENCES play(rid),
  message INTEGER NOT NULL REFERENCES message(rid),
  model INTEGER NOT NULL REFERENCES model(rid),
  condition TEXT NOT NULL,
  context TEXT NOT NULL,
  prompt INTEGER NOT NULL REFERENCES prompt(rid),
  length INTEGER NOT NULL,
  room INTEGER,
  engine TEXT NOT NULL,
  made REAL NOT NULL,
  lead INTEGER NOT NULL,
  before REAL NOT NULL,
  count INTEGER NOT NULL,
  ids BLOB NOT NULL,
  logprobs BLOB NOT NULL,
  entropies BLOB NOT NULL,
  ranks BLOB NOT NULL,
  tops BLOB NOT NULL
);
CREATE INDEX score_message ON score(message);
