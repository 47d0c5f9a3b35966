"""How often beat says *look now*: one line a job, in seconds. Beat knows nothing else."""

EVERY: dict[str, float] = {
    "heartbeat.look": 30,
    "reminders.sweep": 30,
    "notifications.send_due": 30,
    "messaging.tell_workers": 60,
    "messaging.ask_for_reviews": 60 * 60,
    "messaging.tell_hellos": 15 * 60,
    "agreements.ask_for_reviews": 15 * 60,
    "invitations.remind": 15 * 60,
    "invitations.expire": 60 * 60,
    "accounts.tidy": 60 * 60,
    "notifications.tidy": 6 * 60 * 60,
}
