"""Turns a built page into one that says what may run on it, for browsers: a Content-Security-Policy in its head.

A static host gives no headers of ours, so it is a meta element. It allows the theme's inline scripts by their hashes,
and WebAssembly for the player. Nothing may be loaded from another site.
"""

import base64
import hashlib
import re

_INLINE = re.compile(r"<script(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script>", re.S)
_RULES = {
    "default-src": "'self'",
    "script-src": "'self' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
}


def with_policy(html: str) -> str:
    """The page with its policy, for the scripts that it has."""
    hashes = dict.fromkeys(hashlib.sha256(script.encode()).digest() for script in _INLINE.findall(html))
    allowed = "".join(f" 'sha256-{base64.b64encode(digest).decode()}'" for digest in hashes)
    rules = _RULES | {"script-src": _RULES["script-src"] + allowed}
    policy = "; ".join(f"{name} {value}" for name, value in rules.items())
    charset = '<meta charset="utf-8">'
    return html.replace(charset, f'{charset}<meta http-equiv="Content-Security-Policy" content="{policy}">', 1)
