"""Notices and letters on a real database, each test once on SQLite and once on PostgreSQL."""
