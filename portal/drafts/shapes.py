"""What a draft holds: the fields of a form, as they were typed."""

import msgspec

Fields = dict[str, list[str]]


class DraftBody(msgspec.Struct, frozen=True):
    """Field name to what was typed in it (a list, because a field may come several times)."""

    fields: Fields
