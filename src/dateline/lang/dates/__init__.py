"""Days and spans of time in no language: calendars, EDTF, what a reading of a phrase is."""
