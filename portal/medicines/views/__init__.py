"""The pages of medicines."""
