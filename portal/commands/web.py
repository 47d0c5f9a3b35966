"""The web server's process: waitress in front of ``wsgi:app``.

Waitress was the only server that kept answering while thirty slow clients hung on, so it may stand
at the door by itself. It reads a whole request before a thread takes it up, and on SIGTERM it
finishes the requests that it has begun.
"""

import logging
import os
import signal
import sys

import waitress

from config import Settings
from portal import create_app
from portal.core.footprint import settle
from portal.core.log import log_to_file

# Past this the server itself hangs up; well below it the portal answers with a kind page.
LARGEST_REQUEST_BYTES = 8_000_000


def serve_web(settings: Settings) -> None:
    """Serve the pages until this process is asked to end; does not return.

    Once the last request is answered nothing is left to tidy up, so the process ends at once
    instead of taking itself apart piece by piece, which takes seconds on a busy machine.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    log_to_file(settings.logs_dir)
    serve_pages(settings)
    logging.shutdown()
    os._exit(0)


def serve_pages(settings: Settings) -> None:
    """Serve until SIGTERM or Ctrl-C, then finish the requests that have begun."""
    app = create_app(settings)
    settle(settings.country)
    waitress.serve(
        app,
        host=settings.listen_on,
        port=settings.port,
        threads=settings.web_threads,
        channel_timeout=30,
        cleanup_interval=10,
        connection_limit=500,
        asyncore_use_poll=True,
        max_request_body_size=LARGEST_REQUEST_BYTES,
        ident="",
        clear_untrusted_proxy_headers=False,  # ProxyFix reads as many as settings.trusted_proxies
    )
