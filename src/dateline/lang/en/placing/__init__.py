"""Dates and places in an English sentence: which word each belongs to, and what tells an event again."""
