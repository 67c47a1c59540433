"""What readers get: evidence and pages become proofs under the examples, lists of them, and the rest of the site.

inputs, proofs, examples               what the fences know: the project, what is proved of a text, of a page's examples
fences, console_html, engine_tabs      a console fence -> HTML, in tabs where engines differ
page_proof, proof_html                 what a page says of all its examples, and an example where it differs
output_html, recordings                what was printed instead, the terminal of its run
status, history, commands              all examples on all engines, now and over the nights; all commands
tables                                 the box that a table scrolls in, what long tables have in common
nights, glossary, addresses            an example's last nights as a strip; a term's tooltip; where things stand
book, pdf                              the whole guide as one document, on a screen and on paper
clock, hyphens                         the time of a run as readers' clocks showed it; words that stay whole
practice/                              what answers a reader who types the commands of a lesson
index, plain, feed, about, policy      for search, for machines, for who comes back, a page's foot, what may run on it
lighter, unused                        the style sheets and scripts of a first visit
beside, later                          what a build makes in another process, and its places in the pages
offline                                what a reader's device keeps for when there is no network
texts, meanings, faults                all words for readers; what a build says where a page is wrong

`python -m harness.site` builds it, one_page a page of it alone, for who writes it. MkDocs' own site works without this,
but for the search.
"""
