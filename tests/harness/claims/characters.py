"""Finds in a text what a person doesn't see as it is: what a terminal obeys, hides, or turns the text around for.

For pages, which may hold none of it, and for whatever shows a text of others, where it stands as a visible sign.
"""

import re
import unicodedata
from collections.abc import Iterator

# Controls; what joins, parts, turns or marks text without a sign of its own; Hangul's fillers; halves of a character.
# Tabs and line ends are what every text has; an emoji's variation selectors (U+FE0E, U+FE0F) hide nothing, nor does
# what joins two emoji to one.
_HIDDEN = (
    "\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ud800-\udfff\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_EMOJI = "\u2190-\u2bff\U0001f000-\U0001faff"
_JOINER = f"(?<![{_EMOJI}\ufe0f])\u200d|\u200d(?![{_EMOJI}])"
_SHOWN_AS_SIGN = re.compile(f"[\x00-\x1f{_HIDDEN}]|{_JOINER}")
_ON_A_PAGE = re.compile(f"[\x00-\x08\x0b-\x1f{_HIDDEN}]|{_JOINER}")
# Unicode itself has no names for these.
_CONTROLS = (  # noqa: SIM905  (shorter than a list)
    "NULL,START OF HEADING,START OF TEXT,END OF TEXT,END OF TRANSMISSION,ENQUIRY,ACKNOWLEDGE,BELL,BACKSPACE,TABULATION,"
    "LINE FEED,LINE TABULATION,FORM FEED,CARRIAGE RETURN,SHIFT OUT,SHIFT IN,DATA LINK ESCAPE,DEVICE CONTROL ONE,"
    "DEVICE CONTROL TWO,DEVICE CONTROL THREE,DEVICE CONTROL FOUR,NEGATIVE ACKNOWLEDGE,SYNCHRONOUS IDLE,"
    "END OF TRANSMISSION BLOCK,CANCEL,END OF MEDIUM,SUBSTITUTE,ESCAPE,INFORMATION SEPARATOR FOUR,"
    "INFORMATION SEPARATOR THREE,INFORMATION SEPARATOR TWO,INFORMATION SEPARATOR ONE"
).split(",")


def hidden(line: str) -> Iterator[str]:
    """The names of the characters in a line of a page that its readers would not see, each once."""
    for found in dict.fromkeys(_ON_A_PAGE.findall(line)):
        yield named(found)


def named(char: str) -> str:
    """A character by its number and its name: `U+00A0 NO-BREAK SPACE`."""
    return f"U+{ord(char):04X} {_name(char)}"


def printable(text: str) -> str:
    """The text with a visible sign for each character that a terminal would obey or hide."""
    if text.isascii() and text.isprintable():
        return text  # as nearly all that is shown, and quickly known
    return _SHOWN_AS_SIGN.sub(lambda match: _sign(match[0]), text)


def visible(text: str) -> str:
    """The same of a text of several lines, which keep their ends and tabs."""
    if text.isascii() and text.isprintable():
        return text
    return _ON_A_PAGE.sub(lambda match: _sign(match[0]), text)


def _sign(char: str) -> str:
    return chr(0x2400 + ord(char)) if char < " " else ascii(char)[1:-1]  # ␛ for an escape, \x7f, \u200b


def _name(char: str) -> str:
    if char < " ":
        return _CONTROLS[ord(char)]
    return "DELETE" if char == "\x7f" else unicodedata.name(char, "<control>" if char < "\xa0" else "<unnamed>")
