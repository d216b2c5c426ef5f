"""What a team leaves: who codes what, what they say to each other, what is new to whom, and codings of one report."""
