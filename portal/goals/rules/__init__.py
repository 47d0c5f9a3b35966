"""What may follow what, for goals and for pieces. Pure: no database, no clock.

`now` is an aware instant, `today` a date in the owner's own time zone.
"""
