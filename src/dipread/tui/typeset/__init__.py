"""A story set in lines: text laid out, what is painted of it, and how a cursor moves in it."""
