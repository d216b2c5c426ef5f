"""Makes the weights that the package ships. Not installed with the package."""
