"""Pure decisions about messages: no database, no clock of their own."""
