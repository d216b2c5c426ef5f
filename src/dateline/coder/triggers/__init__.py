"""A codebook's words in their sentences, and whether what they tell happened."""
