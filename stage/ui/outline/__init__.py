"""The tree as a list: surveyed, sifted, folded."""
