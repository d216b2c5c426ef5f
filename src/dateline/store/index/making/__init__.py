"""What the index holds, made from the project: reports with their rows, events, and how much depends on each."""
