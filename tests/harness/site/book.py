"""Turns the built pages into one document, for who reads or prints the whole guide: book.html.

pages (HTML) ──article, without what needs a script──> chapters, whose anchors and links are the document's own
mkdocs.yml ──parts──> its contents

It has no scripts and is no page of the site's search. `python -m harness.site.pdf` prints it.
"""

import re
from collections.abc import Mapping, Sequence

from harness.claims.navigation import Part
from harness.site import texts
from harness.site.escaping import escape

NAME = "book.html"

_DOCUMENT = """\
<!doctype html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="robots" content="noindex">
<title>{title} - {guide}</title>
{styles}<link rel="stylesheet" href="assets/book.css">
</head>
<body dir="ltr" data-md-color-scheme="default" data-md-color-primary="custom" data-md-color-accent="custom">
<main class="md-typeset book">
<h1>{guide}</h1>
<p class="book-home"><a href="index.html">{home}</a></p>
<nav class="book-contents" aria-labelledby="contents">
<h2 id="contents">{contents_title}</h2>
<ol>{contents}</ol>
</nav>
{chapters}</main>
</body>
</html>
"""

_ARTICLE = re.compile(r"<article\b[^>]*>(.*)</article>", re.S)
_TITLE = re.compile(r"<h1\b[^>]*>(.*?)</h1>", re.S)
_STYLE = re.compile(r'<link rel="(?:stylesheet|icon)"[^>]*>')
# No element holds another of its name where it is left out, so that the first end is its own.
_LEFT_OUT = re.compile(
    r'<(?P<name>script|button)\b.*?</(?P=name)>|<a class="headerlink".*?</a>|<label class="filter">.*?</label>'
    r'|<nav class="steps".*?</nav>|<(?P<proof>p|details) class="proof [^"]*\bproof--same\b.*?</(?P=proof)>',
    re.S,
)
_PROOF = re.compile(r'<details class="(proof [^"]*)"[^>]*><summary>(.*?)</summary>.*?</details>', re.S)
_TAG = re.compile(r"<[a-z][^>]* (?:id|for|name|aria-labelledby|href)=[^>]*>")  # one that names a place
_ANCHOR = re.compile(r'(?<= )(id|for|name|aria-labelledby)="([^"]+)"')
_LINK = re.compile(r'(?<= )href="([\w./-]+\.html)?(?:#([^"]*))?"')


def book(parts: Sequence[Part], html: Mapping[str, str]) -> str:
    """The document, for the parts of the guide in its order and the HTML of each page by its address."""
    addresses = [f"{name}.html" for part in parts for name in part.pages]
    return _DOCUMENT.format(
        guide=texts.GUIDE,
        title=texts.BOOK,
        home=texts.BOOK_HOME,
        styles="".join(_STYLE.findall(html[addresses[0]])),
        contents_title=texts.BOOK_CONTENTS,
        contents="".join(_contents(part, html) for part in parts),
        chapters="".join(_chapter(address, html[address], addresses) for address in addresses),
    )


def _contents(part: Part, html: Mapping[str, str]) -> str:
    entries = "".join(f'<li><a href="#{name}">{_title(html[f"{name}.html"])}</a></li>' for name in part.pages)
    return f"<li>{escape(part.title)}<ol>{entries}</ol></li>" if part.title else entries


def _title(html: str) -> str:
    found = _TITLE.search(_LEFT_OUT.sub("", html))
    return found[1] if found else ""


def _chapter(address: str, html: str, addresses: Sequence[str]) -> str:
    article = _ARTICLE.search(html)
    text = _PROOF.sub(r'<p class="\1">\2</p>', _LEFT_OUT.sub("", article[1] if article else ""))
    inside = _TAG.sub(lambda tag: _own(tag[0], _name(address), addresses), text)
    inside = inside.replace("<table>", '<table tabindex="0">')  # it scrolls on a phone, by keyboard too
    return f'<article id="{_name(address)}">{inside}</article>\n'


def _own(tag: str, chapter: str, addresses: Sequence[str]) -> str:
    """A tag of a chapter, whose anchors bear the chapter's name, and whose links to pages stay in the document."""
    tag = _ANCHOR.sub(rf'\1="{chapter}--\2"', tag)
    return _LINK.sub(lambda link: _link(link, chapter, addresses), tag)


def _link(link: re.Match[str], chapter: str, addresses: Sequence[str]) -> str:
    page, anchor = link.groups()
    if page and page not in addresses:
        return link[0]
    name = _name(page) if page else chapter
    return f'href="#{name}--{anchor}"' if anchor else f'href="#{name}"'


def _name(address: str) -> str:
    return address.removesuffix(".html")
