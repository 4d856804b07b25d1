"""Colours, sheets, fonts, icons and glyphs."""
