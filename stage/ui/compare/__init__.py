"""Parts of the view that puts branches side by side."""
