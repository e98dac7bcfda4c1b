"""Nine Points, Three Tracks: the code behind the notebooks."""
