"""What is sealed, and what the pages get to see."""
