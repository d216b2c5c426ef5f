"""How far a long piece of work is, as a person or a log is told."""
