"""The web server's door: ``wsgi:app``, made from the settings of this machine."""

from config import load_settings
from portal import create_app

app = create_app(load_settings())
