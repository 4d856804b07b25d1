"""The stage: lanes, the document of each, and what is shown of a line."""
