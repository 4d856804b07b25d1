"""Controls drawn by us; they know colours and text, nothing of plays."""
