"""How the networks read a text without its sides: loaded words as plain ones, all nations and names alike."""
