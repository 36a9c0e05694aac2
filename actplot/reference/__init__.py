"""The catalogue as people read it: the list of all functions and the page about one."""
