"""Exercises and reflections: short things to try, and what their owner wrote in them.

The texts are Markdown files with a head in TOML, in ``content/exercises`` and in the folder
``content/exercises`` of the home, where a service puts its own. Each says who made it, who has
reviewed it, when, and where the method comes from (friction 43), and has a way out to something
calm (friction 40).
"""
