"""Pure rules of the plan: the order of its sections, telephone numbers, when to look again."""
