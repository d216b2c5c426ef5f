"""A codebook file read into the model, every fault with its line and its mend."""
