-- Schema 2. What had no hash of its own gets one, so that a changed byte is found wherever it lies.

-- Chained like the lines: each event's hash covers the event before it in its play.
ALTER TABLE event ADD COLUMN hash TEXT;

-- Hashes of rows that are named by something else than their content.
CREATE TABLE seal (
  kind TEXT NOT NULL,
  key TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (kind, key)
) WITHOUT ROWID;

-- What was moved under a line, for the bin and for counting.
CREATE INDEX place_parent ON place(play, parent);
