"""Check-ins: how a day was, in the owner's own terms, for themselves and for their next talk.

The first question is always what was all right. Everything can be skipped and leaves no trace;
nothing is averaged, judged or watched, and no worker sees one unless the owner carries a dated
copy to a meeting. Sources: frictions 32 to 34 of the product page (Berry 2017, Gammon 2014).
"""
