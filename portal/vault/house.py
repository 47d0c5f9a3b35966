"""What the vault needs from the house: its secrets, the cost of a password, a folder for locks."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

from portal.vault.keys import Cost
from portal.vault.secrets import ServerSecrets

FLOOR = Cost()


@dataclass(frozen=True, repr=False)
class House:
    """The vault's settings for one application."""

    secrets: ServerSecrets
    cost: Cost
    floor: Cost
    locks: Path


def init_house(app: Flask, house: House) -> None:
    """Give an application its vault settings; a cost below the floor is refused."""
    if not house.cost.is_at_least(house.floor):
        raise ValueError("a password must cost more than that")
    app.extensions["vault"] = house


def house() -> House:
    """The vault settings of the running application."""
    found: House = current_app.extensions["vault"]
    return found
