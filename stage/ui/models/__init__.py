"""Item models: rows of ids and words for Qt's views."""
