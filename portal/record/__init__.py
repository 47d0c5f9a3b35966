"""A page for the record: what the owner lets go into a record that a worker must keep elsewhere.

Its words: the owner *approves* a page, one sheet of A4, and nothing else goes there; an approved
page is a dated copy that does not change; the owner *takes it back*, and its words leave the
portal. A worker may *ask* for a page, once; the owner may say *not now*. What a worker writes in a
record in their own words is no part of this.

Source: friction 20 (nothing typed twice, and the owner approves one page).
"""
