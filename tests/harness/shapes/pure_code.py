"""Says whether code in another language prints what follows from it alone: for fixed.

python -c 'import hashlib; print(hashlib.sha256(b"a").hexdigest())'     pure
python -c 'import os; print(os.getpid())'                               not pure
psql -tAc "select md5('a')"                                             pure

Code is pure where nothing in it can ask the machine, the clock or chance; in doubt it isn't.
"""

import re
from collections.abc import Sequence

from harness.shapes import printed

_CODE_OPTIONS = {
    **dict.fromkeys(("python", "pypy"), frozenset({"-c"})), "perl": frozenset({"-e", "-E"}), "ruby": frozenset({"-e"}),
    "node": frozenset({"-e", "-p", "-pe", "--eval", "--print"}), "php": frozenset({"-r"}),
}  # fmt: skip
_IMPORT = re.compile(r"\b(?:from\s+(?P<one>[\w.]+)\s+import|import\s+(?P<several>[\w., ]+))")
_PURE_MODULES = frozenset(
    {
        *("base64", "binascii", "calendar", "collections", "datetime", "decimal", "fractions", "functools", "hashlib"),
        *("hmac", "itertools", "json", "math", "operator", "re", "statistics", "string", "struct", "textwrap"),
        *("unicodedata", "uuid", "zlib"),
    }
)
_ASKS = re.compile(
    r"\$\$|`|\$[A-Z_]|__\w+__|\b(?:[A-Z]+_VERSION|ARGV|DateTime|ENV|Time|[cC]hoices?|env\w*|f?open|fetch|fs|[gs]et\w*)\b"
    r"|\b(?:hash|hrtime|id|input|iter|local\w*|mktime|now|object|os|performance|php\w*|platform|[Pp]rocess|read\w*)\b"
    r"|\b(?:require|sample|secrets|shuffle|sleep|sort_keys|stat\w*|std\w*|strftime|sys\w*|time(?!delta\b)\w*|today|un(?:ame|iqid))\b"
    r"|\b(?:utcnow|uuid[14]|version\w*)\b|[Rr]and|\bDate\b(?!\([\d\"'`])|(?<!\.)\bdate\([\"']"
)
_OF_TEXTS = re.compile(  # a set: in any order
    r"""(?<!sorted\()(?<!len\()(?:\{\s*(?:["'][^{}:]*|\w{1,40}\s+for\s[^{}:]*)\}|\b(?:frozen)?set\()"""
)
_CRYPTO = re.compile(r"""\brequire\(["'](?:node:)?crypto["']\)""")
_SQL = re.compile(r"\s*(?:select|values)\b", re.IGNORECASE)
_SQL_CLIENTS = frozenset({"mariadb", "mysql", "psql", "sqlite3"})
_SQL_ASKS = re.compile(
    r"\b(?:from|now|current_\w+|clock_\w+|connection_id|gen_\w+|inet\w*|last_\w+|local\w*|pg_\w+|show|statement_\w+"
    r"|sysdate|to(?:day|morrow)|txid\w*|user|unix_timestamp\(\)|uuid\w*|utc_\w+|version|yesterday)(?:\b|(?<=\)))|rand|@@",
    re.IGNORECASE,
)


def is_pure(program: str, words: Sequence[str]) -> bool:
    """Whether a program that runs code prints what follows from the code among its words."""
    if program in _SQL_CLIENTS:
        found = [word for word in words if _SQL.match(word)]
        return bool(found) and not any(map(_SQL_ASKS.search, found)) and not any("\\" in word for word in words)
    options = _CODE_OPTIONS.get(printed.language(program), frozenset())
    place = next((index for index, word in enumerate(words) if word in options), len(words))
    return any(map(is_pure_code, words[place + 1 : place + 2]))


def runs_code(program: str) -> bool:
    """Whether a program runs files of a language that is read here."""
    return printed.language(program) in _CODE_OPTIONS


def is_pure_code(code: str) -> bool:
    """Whether code, of any language, prints what follows from it alone."""
    modules = [found["one"] or found["several"] for found in _IMPORT.finditer(code)]
    names = {name.split()[0].partition(".")[0] for several in modules for name in several.split(",") if name.strip()}
    return names <= _PURE_MODULES and not (_ASKS.search(_CRYPTO.sub("", code)) or _OF_TEXTS.search(code))
