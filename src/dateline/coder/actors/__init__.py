"""Who the participants and speakers are, under what names."""
