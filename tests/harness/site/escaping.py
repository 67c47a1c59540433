"""Escapes a text for the site's HTML, where a reader sees a sign for what a browser would hide or turn around."""

import html

from harness.claims.characters import visible


def escape(text: str) -> str:
    """The text for HTML, between tags or in an attribute."""
    return html.escape(visible(text))
