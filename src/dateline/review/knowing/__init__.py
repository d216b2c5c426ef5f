"""What people look up: the codebook, with how often each type and mode of it occurs in the project."""
