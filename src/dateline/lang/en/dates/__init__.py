"""Phrases of time in English, rule by rule."""
