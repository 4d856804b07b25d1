"""The archive: one SQLite file that is the truth. May import play and kit, nothing else of Stage.

`library.Library` is its only door; everything below runs on the archive thread.
"""
