"""Tables that are kept column by column."""
