"""Pure decisions about accounts: passwords, recovery codes, pauses, names of devices."""
