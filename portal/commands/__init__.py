"""The commands of ``python -m portal``: starting the portal, and what its administrators do."""
