"""What may leave a project, and in what form."""
