"""The pages of messages, under one name."""

from portal.core.guard import GuardedBlueprint

messaging = GuardedBlueprint("messaging", "portal.messaging.views", url_prefix="/messages")
