"""What a goal is made of (bodies), and what goes to a page (pages)."""
