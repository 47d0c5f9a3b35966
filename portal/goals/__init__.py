"""Goals: what a person is working towards, in their own words, and the smaller pieces of it.

Words of this slice:

* *goal*: one thing the owner wants, with why, and where in life it lies;
* *former*: how a goal was worded before; always the owner's alone;
* *piece* (in code an *activity*): one small thing to do for a goal;
* *offer*: an idea from a worker, which the owner takes in or leaves;
* *state*: an idea, now, resting, reached, let go; *movement*: how it goes just now;
* *keep back* and *share*: whether a goal is only the owner's, or goes with the shared part.

Nothing here is ever late: a day that has passed means "any day now".

Sources: Strand 2017, "Goals and Direction" and "Ownership"; the states follow the FHIR Goal
resource; frictions 26, 28, 30, 40 and 49 of the product page.
"""
