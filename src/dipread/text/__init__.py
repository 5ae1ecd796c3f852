"""What people write, as strings: cleaned, compared, read as days, stretches of time and patterns. No noun of ours."""
