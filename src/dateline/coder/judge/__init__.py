"""The judge: a network reads the report whole, and small models learned from hand codings choose among candidates."""
