"""Which version of Docker was the first to print an example as it is printed today; `nox -s bisect`.

candidates (the versions, oldest first) -> runs (a page on one of them, or what was proved of it) -> printed (what that
is beside the newest one's sample) -> search (the first that prints as the newest does) -> report (words, and links).
"""
