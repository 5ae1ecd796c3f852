"""The rules in force and a reader's archive: kept, looked through, tried, changed, and how they fare."""
