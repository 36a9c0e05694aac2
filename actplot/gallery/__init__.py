"""The gallery: the whole catalogue as files with an index."""
