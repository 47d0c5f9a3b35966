"""The pages of life domains: reading and writing, arranging, taking them to a meeting."""
