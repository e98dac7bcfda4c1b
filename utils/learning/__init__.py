"""What a chapter asks its readers, and how answers are read and answered."""
