"""Archives and saved pages: files that hold pages as they were retrieved, each with when and from where."""
