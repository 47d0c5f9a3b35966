"""Agreements: what a dyad agreed about the portal, before the first message and ever after.

Words of this slice:

* *question*: one of the eight things that two people settle;
* *answers*: what one person would like, to all eight;
* *round*: one time of working it out: both answer alone, then both look, settle and accept;
* *point*: one question of a round with both answers side by side, and what stands for it;
* *settled*: somebody picked a side's answer, wrote a third, or kept the point for the meeting;
* *draft*: what the agreement would say if both accepted now;
* *terms*: the typed values of an accepted agreement; they drive the clocks;
* *version*: each accepted agreement; none is ever overwritten;
* *review*: the short card that asks "keep it, change it, or talk about it?".

A round goes: answering → looking → accepted, or set aside at any time. The old terms stand until
both accept. The worker decides hours (when they read, how soon they answer); the owner decides
data (who else reads, what of this enters a record).

Sources: Strand 2017, "Out of Alignment" (nobody had agreed who writes, who answers and when);
frictions 1 to 5, 11, 12, 17 and 20 to 24 of the product page.
"""
