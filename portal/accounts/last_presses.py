"""Who pressed what last, as far as a second press needs it: a keyed hash, for a day."""

from portal.accounts.service.last_presses import knows_press, note_press
from portal.core.guard import current_viewer
from portal.core.last_presses import Press


class PressStore:
    """What ``core.last_presses`` asks, for the person signed in."""

    def note(self, press: Press) -> None:
        """Remember the press; nobody signed in is remembered by nothing."""
        viewer = current_viewer()
        if viewer is not None:
            note_press(viewer, press)

    def knows(self, press: Press) -> bool:
        """Whether the person signed in made it within a day."""
        viewer = current_viewer()
        return viewer is not None and knows_press(viewer, press)
