"""The spaCy components, one linguistic question each."""
