"""Pages of goals: the owner's own, their pieces, sharing, and the worker's review."""
