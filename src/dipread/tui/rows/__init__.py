"""What the lists and charts show, as they need it."""
