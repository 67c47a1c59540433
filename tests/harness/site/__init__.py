"""Turns what MkDocs has built into the site that readers get: search, offline, feeds. The site works without it, but
for the search."""
