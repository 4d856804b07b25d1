"""Takes that are asked for together: a draft, those that wait and go on, those that happened."""
