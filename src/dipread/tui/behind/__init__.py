"""What works behind the screen, so that no key waits: the thread that asks, the refresh, what is made ready."""
