"""Keeps places in the pages for HTML that is made of the project alone, for the fences: a build makes it beside MkDocs
and fills the places in when it finishes the pages. Elsewhere it is made at once.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

Filled = Callable[[str, Mapping[str, str]], str]

_PLACE = re.compile("<!--later:([\\w-]+)-->")

_kept: list[dict[str, Callable[[], str]]] = []  # inside `places`: what each place is for, by its name


def html(name: str, make: Callable[[], str]) -> str:
    """The HTML that `make` returns, or its place. The same `name` is the same HTML."""
    if not _kept:
        return make()
    _kept[-1][name] = make
    return f"<!--later:{name}-->"


@contextmanager
def places() -> Iterator[Filled]:
    """Inside, `html` returns places; what is yielded fills those of a page, with what was `made` meanwhile, by its
    names, or else is made now.
    """
    makers: dict[str, Callable[[], str]] = {}

    def filled(page: str, made: Mapping[str, str]) -> str:
        return _PLACE.sub(lambda place: _of_place(place, made, makers), page)

    _kept.append(makers)
    try:
        yield filled
    finally:
        _kept.pop()


def _of_place(place: re.Match[str], made: Mapping[str, str], makers: Mapping[str, Callable[[], str]]) -> str:
    """What belongs into a place; a comment that only looks like one stays."""
    name = place[1]
    if name not in makers:
        return place[0]
    return made[name] if name in made else makers[name]()
