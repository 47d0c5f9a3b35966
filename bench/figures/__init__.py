"""The figures, a file for each subject. Each gives lines of (what, figure, target)."""
