"""What people decide of rows: each decision makes a coding of the person's own, and an act that can be undone."""
