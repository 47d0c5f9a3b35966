"""The pages of messages: the list of threads, a thread, and every press in it."""

from portal.messaging.views import hello, presses, thread
from portal.messaging.views.blueprint import messaging

__all__ = ["hello", "messaging", "presses", "thread"]
