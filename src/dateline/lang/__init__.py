"""What a language brings: its words, its clauses, its dates."""
