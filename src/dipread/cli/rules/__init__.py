"""`dipread rules`: the rules listed, looked through, tried, previewed, applied and suggested."""
