"""How often beat says *look now*: one line a job, in seconds. Beat knows nothing else."""

EVERY: dict[str, float] = {
    "heartbeat.look": 30,
}
