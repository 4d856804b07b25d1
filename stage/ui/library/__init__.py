"""Parts of the view of the library: plays, search, bin, history."""
