"""What maintainers of the pack run: checks beyond the schema, and makers of data and of pages."""
