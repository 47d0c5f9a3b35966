"""Kind limits for words: a guide, never a wall (Friction 13)."""

GUIDE_WORDS = 300
WORDS_A_MINUTE = 200
LINE_CHARACTERS = 160


def word_count(text: str) -> int:
    """How many words there are."""
    return len(text.split())


def is_long(text: str) -> bool:
    """Is it more than the soft guide? Then the reader gets it folded, and the writer a hint."""
    return len(text) > 2 * GUIDE_WORDS and word_count(text) > GUIDE_WORDS


def reading_minutes(text: str) -> int:
    """About how many minutes it takes to read; 0 for what is not long."""
    return -(-word_count(text) // WORDS_A_MINUTE) if is_long(text) else 0


def first_line(text: str) -> str:
    """The first words of a text, as a line on a list."""
    line = next((each.strip() for each in text.splitlines() if each.strip()), "")
    if len(line) <= LINE_CHARACTERS:
        return line
    cut = line.rfind(" ", 0, LINE_CHARACTERS)
    return line[: cut if cut > 0 else LINE_CHARACTERS] + "…"
