"""Turns a built page into one that says what may run on it, for browsers: a Content-Security-Policy in its head.

A static host gives no headers of ours, so it is a meta element. It allows the scripts that stand in the site's own
templates, by their hashes, and WebAssembly for the player. Another inline script, however it came into the page, is
not run, and named. Nothing may be loaded from another site.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from harness.claims.characters import printable

_INLINE = re.compile(r"<script\b(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script\b", re.S | re.I)
_TEMPLATES = Path(__file__).with_name("theme")
_SHOWN = 60  # characters of a script that is refused
_RULES = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}


def with_policy(html: str, say: Callable[[str], object]) -> str:
    """The page with its policy; `say` is told of a script that it does not allow."""
    allowed = ""
    for script in dict.fromkeys(_INLINE.findall(html)):
        if script in _own_scripts():
            digest = hashlib.sha256(script.encode()).digest()
            allowed += f" 'sha256-{base64.b64encode(digest).decode()}'"
        else:
            say(f"not run: found the inline script `{printable(script[:_SHOWN])}`, which is none of the site's")
    rules = _RULES | {"script-src": _RULES["script-src"] + allowed}
    policy = "; ".join(f"{name} {value}" for name, value in rules.items())
    charset = '<meta charset="utf-8">'
    return html.replace(charset, f'{charset}<meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


@lru_cache
def _own_scripts() -> frozenset[str]:
    """The inline scripts that the site's templates have."""
    texts = (path.read_text("utf-8") for path in _TEMPLATES.rglob("*.html"))
    return frozenset(script for text in texts for script in _INLINE.findall(text))
