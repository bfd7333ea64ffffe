"""What the handbook costs at 100, 1,000 and 10,000 lessons: ``python -m bench``."""
