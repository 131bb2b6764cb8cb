"""What the demo's files say, one module a noun."""
