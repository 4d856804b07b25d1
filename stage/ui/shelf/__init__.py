"""Parts of the view of models: the stock, and one model looked at."""
