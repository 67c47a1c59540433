"""Saved files -> the site as it will be, in an open browser, and what a page's steps come to: while a page is written.

saves      what was saved                   -> whether its page is run, and from which block on
kept       a lab after a run of its page    -> the same lab for the next one, as long as that types the same
proving    a page and the labs that wait    -> its verdict, its evidence
preview    pages and evidence               -> the site in memory: one page at once, the whole a little later
server     the site in memory               -> what a browser gets, and is told
watching   events of the file system        -> the files that were saved
serving    what was saved                   -> all of this, one job after the other

`python -m harness.serve` is `nox -s serve`.
"""
