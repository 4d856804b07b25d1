"""What every view may ask for and look at; no widgets."""
