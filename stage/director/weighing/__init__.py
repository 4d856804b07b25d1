"""Lines and texts weighed by models; branches compared."""
