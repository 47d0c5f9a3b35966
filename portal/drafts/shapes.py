"""What a draft holds: the fields of a form, as they were typed."""

import msgspec

Fields = dict[str, list[str]]


class DraftBody(msgspec.Struct, frozen=True):
    """Field name to what was typed in it (a list, because a field may come several times).

    ``place``: where it was typed, so that it comes back nowhere else. Older drafts do not say.
    """

    fields: Fields
    place: str = ""

    def is_of(self, place: str) -> bool:
        """Whether it was typed there, as far as it says."""
        return self.place in ("", place)
