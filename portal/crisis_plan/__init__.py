"""The crisis plan: what helps when it gets hard, in the owner's own words.

Its words: a *section* is one piece of the plan (what I do first, who I call …) and belongs to a
*stage* (usual, early signs, getting hard, crisis, afterwards). A *former* is what a section said
before. An *answer* is a worker's word on the plan: that they have read it and agree, or see
something otherwise; it stands with its date. A *card* lies in a wallet and opens some sections for
whoever holds it. Source: Norwegian guidance on crisis plans, and joint crisis plans, in which
refusals matter most (product page, section 3). Headings are our own.
"""
