"""What the API takes and gives, each as a model with an example."""
