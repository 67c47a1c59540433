"""Turns a built page into one that says what may run on it, for browsers: a Content-Security-Policy in its head.

A static host gives no headers of ours, so it is a meta element. It allows the scripts that stand in the theme's own
templates, by their hashes, and WebAssembly for the player. Another inline script, however it came into the page, is
not run, and named. Nothing may be loaded from another site.
"""

import base64
import hashlib
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.resources import files
from itertools import chain
from pathlib import Path

from harness.claims.characters import printable

_INLINE = re.compile(r"<script\b(?![^>]*\b(?:src|type)=)[^>]*>(.*?)</script\b", re.S | re.I)
_FILLED_IN = re.compile(r"\{\{.*?\}\}")  # by the template: in the theme's scripts, the way to the site's root
_WAY_TO_THE_ROOT = r"(?:\.|\.\.(?:/\.\.)*|/(?:[\w.-]+/)*)"
_TEMPLATES = (Path(str(files("material"))) / "templates", Path(__file__).with_name("theme"))
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
        if any(form.fullmatch(script) for form in _theme_scripts()):
            digest = hashlib.sha256(script.encode()).digest()
            allowed += f" 'sha256-{base64.b64encode(digest).decode()}'"
        else:
            say(f"not run: found the inline script `{printable(script[:_SHOWN])}`, which is none of the theme's")
    rules = _RULES | {"script-src": _RULES["script-src"] + allowed}
    policy = "; ".join(f"{name} {value}" for name, value in rules.items())
    charset = '<meta charset="utf-8">'
    return html.replace(charset, f'{charset}<meta http-equiv="Content-Security-Policy" content="{policy}">', 1)


@lru_cache
def _theme_scripts() -> list[re.Pattern[str]]:
    """The forms of the inline scripts that the theme's templates have."""
    return [re.compile(form) for folder in _TEMPLATES for path in _templates(folder) for form in _forms(path)]


def _templates(folder: Path) -> Iterator[Path]:
    """All but in hidden folders: in one Material has thousands of icons."""
    return chain(folder.glob("*.html"), folder.glob("[!.]*/**/*.html"))


def _forms(template: Path) -> Iterator[str]:
    for script in _INLINE.findall(template.read_text("utf-8")):
        yield _WAY_TO_THE_ROOT.join(re.escape(piece) for piece in _FILLED_IN.split(script))
