"""The door of a project: what comes in is kept, and known again where the project has it already."""
