-- Schema 1. Content rows are written once; only pointers move (play, selection, place, label,
-- persona.tip, model.sha256, state). Public keys are text; rids never leave this file.

CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE persona (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  tip INTEGER REFERENCES persona_version(rid)
);

CREATE TABLE persona_version (
  rid INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  persona INTEGER NOT NULL REFERENCES persona(rid),
  parent INTEGER REFERENCES persona_version(rid),
  card TEXT NOT NULL,
  made REAL NOT NULL
);

-- Once per vocabulary, so that alternatives can be read without the model.
CREATE TABLE vocabulary (
  rid INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  pieces BLOB NOT NULL
);

CREATE TABLE model (
  rid INTEGER PRIMARY KEY,
  identity TEXT NOT NULL UNIQUE,
  size INTEGER NOT NULL,
  name TEXT NOT NULL,
  architecture TEXT NOT NULL,
  quantisation TEXT NOT NULL,
  vocabulary TEXT NOT NULL REFERENCES vocabulary(hash),
  metadata TEXT NOT NULL,
  sha256 TEXT
);

-- Where a model lay: true of this machine only, so never exported.
CREATE TABLE model_path (
  model INTEGER NOT NULL REFERENCES model(rid),
  path TEXT NOT NULL,
  seen REAL NOT NULL,
  PRIMARY KEY (model, path)
) WITHOUT ROWID;

CREATE TABLE prompt (
  rid INTEGER PRIMARY KEY,
  hash TEXT NOT NULL UNIQUE,
  frame TEXT NOT NULL,
  template_hash TEXT,
  date TEXT NOT NULL,
  text BLOB NOT NULL,
  tokens BLOB NOT NULL,
  segments BLOB NOT NULL,
  dropped TEXT NOT NULL,
  repairs TEXT NOT NULL,
  warnings TEXT NOT NULL
);

CREATE TABLE play (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  root INTEGER REFERENCES message(rid),
  tip INTEGER REFERENCES message(rid),
  forked_from INTEGER REFERENCES play(rid),
  fork_at INTEGER REFERENCES message(rid),
  date TEXT NOT NULL,
  seed INTEGER NOT NULL,
  made REAL NOT NULL
);

-- `play` is the play a line was made in; a fork shares the rows above its fork_at. `evidence` is
-- the hash of the line's take and of how it ended: with it `hash` covers all provenance.
CREATE TABLE message (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  hash TEXT NOT NULL UNIQUE,
  play INTEGER NOT NULL REFERENCES play(rid),
  parent INTEGER REFERENCES message(rid),
  take INTEGER REFERENCES take(rid),
  evidence TEXT,
  kind TEXT NOT NULL,
  speaker TEXT,
  layer TEXT,
  persona_version INTEGER REFERENCES persona_version(rid),
  audience TEXT,
  heard_by TEXT,
  cut_at INTEGER,
  cut_reason TEXT,
  status TEXT NOT NULL,
  made REAL NOT NULL,
  text TEXT NOT NULL,
  raw_text TEXT,
  payload TEXT,
  CHECK (parent IS NULL OR parent < rid)
);
CREATE INDEX message_parent ON message(parent);
CREATE INDEX message_play ON message(play);

CREATE TABLE place (
  play INTEGER NOT NULL REFERENCES play(rid),
  line INTEGER NOT NULL REFERENCES message(rid),
  parent INTEGER NOT NULL REFERENCES message(rid),
  position REAL NOT NULL,
  PRIMARY KEY (play, line)
) WITHOUT ROWID;

CREATE TABLE selection (
  play INTEGER NOT NULL REFERENCES play(rid),
  parent INTEGER NOT NULL REFERENCES message(rid),
  child INTEGER NOT NULL REFERENCES message(rid),
  PRIMARY KEY (play, parent)
) WITHOUT ROWID;

CREATE TABLE run (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  config TEXT NOT NULL,
  state TEXT NOT NULL,
  made REAL NOT NULL
);

CREATE TABLE run_item (
  rid INTEGER PRIMARY KEY,
  run INTEGER NOT NULL REFERENCES run(rid),
  item TEXT NOT NULL,
  state TEXT NOT NULL,
  take INTEGER REFERENCES take(rid),
  error TEXT
);

CREATE TABLE take (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  play INTEGER NOT NULL REFERENCES play(rid),
  parent INTEGER NOT NULL REFERENCES message(rid),
  number INTEGER NOT NULL,
  speaker TEXT NOT NULL,
  kind TEXT NOT NULL,
  audience TEXT,
  heard_by TEXT,
  model INTEGER NOT NULL REFERENCES model(rid),
  model_name TEXT NOT NULL,
  persona_version INTEGER NOT NULL REFERENCES persona_version(rid),
  frame TEXT NOT NULL,
  prompt INTEGER NOT NULL REFERENCES prompt(rid),
  sampler TEXT NOT NULL,
  seed INTEGER NOT NULL,
  mode TEXT NOT NULL,
  batch TEXT NOT NULL,
  engine TEXT NOT NULL,
  cut TEXT NOT NULL,
  decision TEXT,
  run INTEGER REFERENCES run(rid),
  started REAL NOT NULL
);

-- Takes that run: a crash is found here without looking at every take ever made.
CREATE TABLE take_live (take INTEGER PRIMARY KEY REFERENCES take(rid));

-- The journal of a take that runs; gone once it has ended.
CREATE TABLE take_chunk (
  take INTEGER NOT NULL REFERENCES take_live(take),
  seq INTEGER NOT NULL,
  count INTEGER NOT NULL,
  ids BLOB NOT NULL,
  logprobs BLOB NOT NULL,
  tops BLOB NOT NULL,
  lengths BLOB NOT NULL,
  pieces BLOB NOT NULL,
  PRIMARY KEY (take, seq)
) WITHOUT ROWID;

-- `pieces` is NULL where the UTF-8 of the line's raw_text is the same bytes.
CREATE TABLE take_end (
  take INTEGER PRIMARY KEY REFERENCES take(rid),
  message INTEGER NOT NULL UNIQUE REFERENCES message(rid),
  reason TEXT NOT NULL,
  error TEXT,
  ended REAL NOT NULL,
  timings TEXT NOT NULL,
  count INTEGER NOT NULL,
  ids BLOB NOT NULL,
  logprobs BLOB NOT NULL,
  kept BLOB,
  tops BLOB NOT NULL,
  lengths BLOB NOT NULL,
  pieces BLOB
);

-- Asked beside the path: never part of it.
CREATE TABLE probe (
  rid INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  message INTEGER NOT NULL REFERENCES message(rid),
  take INTEGER REFERENCES take(rid),
  viewer TEXT NOT NULL,
  battery TEXT NOT NULL,
  version TEXT NOT NULL,
  item TEXT NOT NULL,
  config TEXT NOT NULL,
  made REAL NOT NULL
);

CREATE TABLE probe_answer (
  probe INTEGER NOT NULL REFERENCES probe(rid),
  replicate INTEGER NOT NULL,
  options TEXT NOT NULL,
  logprobs BLOB NOT NULL,
  mass REAL,
  result TEXT,
  PRIMARY KEY (probe, replicate)
) WITHOUT ROWID;

CREATE TABLE event (
  seq INTEGER PRIMARY KEY,
  time REAL NOT NULL,
  play INTEGER NOT NULL REFERENCES play(rid),
  kind TEXT NOT NULL,
  line TEXT,
  before TEXT,
  after TEXT,
  undoes INTEGER REFERENCES event(seq)
);
CREATE INDEX event_play ON event(play, seq);

-- The current state of the events: what a line is tagged, noted, rated or hidden with.
CREATE TABLE label (
  rid INTEGER PRIMARY KEY,
  play INTEGER NOT NULL REFERENCES play(rid),
  message INTEGER NOT NULL REFERENCES message(rid),
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT,
  event INTEGER NOT NULL REFERENCES event(seq),
  UNIQUE (message, play, kind, name)
);
CREATE INDEX label_play ON label(play, kind);

-- External content, no triggers: filled by the archive from the watermark in `state`.
CREATE VIRTUAL TABLE message_fts USING fts5(
  text, content='message', content_rowid='rid', tokenize='unicode61 remove_diacritics 2'
);
