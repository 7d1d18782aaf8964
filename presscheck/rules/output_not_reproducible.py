"""The same sources make the same site, wherever and whenever it is built.

`presscheck build --verify` builds a site twice: the second time from a copy in another folder, with other times and
permissions of the files, on one core. What comes out otherwise was decided by chance or by the machine, not by an
author: a heading that is `Go` today and `go` tomorrow, a list in another order, the second of the build. Then every build
changes files that nobody touched, all of them are uploaded again, readers' caches are of no use, and nobody can tell from
a release which sources it was made of.

Mend what the note names: spell a tag one way, take `math.Rand`, `shuffle` and `os.Stat` out of templates, print `now` no
finer than a day (`--clock` and `SOURCE_DATE_EPOCH` set the moment when a build begins; it goes on from there), and let dates
come from front matter, not from the times of files.

It says nothing unless a build is asked to verify.
"""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Iterator
from enum import Enum

from presscheck.diagnostics import Finding, Note, Severity
from presscheck.publication import SECOND_PLACE, Difference, Publication
from presscheck.site import Site, Term
from presscheck.text import Span

SEVERITY = Severity.ERROR

_AROUND = 24
"""How many characters on each side tell what is different."""
_MOST = 3
"""How many places of a template's are shown."""
_ACTION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_FOLDERS = tuple(name.encode() for name in (SECOND_PLACE, SECOND_PLACE.replace(" ", "%20"), "Z%C3%BCrich"))


class _Cause(Enum):
    """Why two builds differ, with what to do about it."""

    TAGS = ("posts spell one term in several ways, and Hugo takes whichever it reads first", "spell it one way")
    FOLDER = (
        "the folder of the site is printed",
        "take `.File.Filename` or `hugo.WorkingDir` out of the template, or print `.File.Path`",
    )
    FILE_TIME = (
        "the time of a file is printed, and each checkout has its own",
        "let dates come from front matter: take `:fileModTime` out of `[frontmatter]`, and `os.Stat` out of templates",
    )
    RANDOM = ("a template asks for chance", "take it out of the template, or choose by something that stays")
    NOW = (
        "a template prints the moment of the build, more finely than a build's beginning can be set",
        'print no more than the day, as in `{{ now.Format "2006-01-02" }}`',
    )
    COLOURS = (
        "the machine was busy, and Hugo's highlighter passes over what takes it a quarter of a second by the clock",
        "build again, on a machine that has less to do",
    )
    UNKNOWN = (
        "nothing that presscheck knows of explains it",
        "look at the template that makes the file: order of a map, environment, remote data",
    )


_SUSPECTS = (
    (_Cause.FOLDER, re.compile(r"\.Filename\b|\bhugo\.WorkingDir\b")),
    (_Cause.FILE_TIME, re.compile(r"\bos\.Stat\b|\.ModTime\b|\bos\.ReadDir\b|\breadDir\b")),
    (_Cause.RANDOM, re.compile(r"\bmath\.Rand\b|\bcollections\.Shuffle\b|\bshuffle\b")),
    (_Cause.NOW, re.compile(r"\btime\.Now\b|(?<![.\w$])now\b|\bdebug\.Timer\b")),
)
_OLD = re.compile(rb"\b2001\b|\b10000000\d\d\b")
"""The times that the files of the second build have."""
_TAG = re.compile(r"\A[^<]*>|<[^>]*(?:>|\Z)")
"""A tag, or what is shown of one."""
_CUT_ENTITY = re.compile(r"&[#\w]*\Z")
_CLOCK = re.compile(rb"\d\d:\d\d")


def check_output(publication: Publication) -> Iterator[Finding]:
    """Tell of every cause the first file that it changed, and of the one that two builds show by luck only."""
    if publication.differences is None:
        return
    suspects = _suspects(publication.site)
    found: dict[tuple[_Cause, str], list[Difference]] = defaultdict(list)
    for each in publication.differences:
        found[_cause(each, publication, suspects)].append(each)
    pages = {page.path: page for page in publication.pages}
    for (cause, tag), differences in found.items():
        first = next((each for each in differences if each.path in pages), differences[0])
        page = pages.get(first.path)
        yield Finding(
            message=f"a second build made this file otherwise: {_told(first)}",
            path=page.name if page else f"{publication.folder}/{first.path}",
            span=_place(publication, first) if page else Span(0, 0),
            label="from here on",
            consequence="each build publishes another site, although nobody changed anything",
            help=cause.value[1],
            notes=(
                Note(f"{'it is likely that ' * (cause is not _Cause.UNKNOWN)}{cause.value[0]}"),
                *_culprits(publication.site, cause, tag, suspects),
                *_others(first, differences),
            ),
        )
    shown = {tag for cause, tag in found if cause is _Cause.TAGS}
    for (_, name, _), terms in _spelt_in_several_ways(publication.site).items():
        if name not in shown:
            yield _by_luck(terms)


def _by_luck(terms: list[Term]) -> Finding:
    """What is to be said of a term whose spellings happened to come out the same way in both builds."""
    first, *others = terms
    return Finding(
        message=f"chance decides whether the {first.noun} at {first.address} is called `{first.name}` or `{others[0].name}`",
        path=others[0].page.file,
        span=others[0].value.span,
        label=f"spelt `{others[0].name}` here",
        consequence="one build in a few publishes another heading, although nobody changed anything",
        help=_Cause.TAGS.value[1],
        notes=(
            Note("both builds came out the same this time, by luck"),
            *(Note(f"`{term.name}` is here", term.page.file, term.value.span) for term in (first, *others[1:])),
        ),
    )


def _cause(
    each: Difference, publication: Publication, suspects: dict[_Cause, list[tuple[str, int, str]]]
) -> tuple[_Cause, str]:
    """Why the file is not the same; with the term in lower case when it is about how that is spelt."""
    site = publication.site
    if each.here is None or each.there is None:
        return (_Cause.RANDOM if suspects.get(_Cause.RANDOM) else _Cause.UNKNOWN), ""
    for _, name, _ in _spelt_in_several_ways(site):
        if name in each.here.decode("utf-8", "replace").lower() and each.here.lower() == each.there.lower():
            return _Cause.TAGS, name
    if any(name in each.there for name in _FOLDERS):
        return _Cause.FOLDER, ""
    if _OLD.search(each.there) and not _OLD.search(each.here):
        return _Cause.FILE_TIME, ""
    if _is_other_markup_of_code(publication, each):
        return _Cause.COLOURS, ""
    is_clock = _CLOCK.search(each.here) and _CLOCK.search(each.there)
    likely = (_Cause.NOW, _Cause.RANDOM) if is_clock else (_Cause.RANDOM, _Cause.NOW)
    return next((cause for cause in likely if suspects.get(cause)), _Cause.UNKNOWN), ""


def _is_other_markup_of_code(publication: Publication, each: Difference) -> bool:
    """Whether the files differ inside a block of code, and a reader sees the same text there, as far as it is shown."""
    before = _markup(each, publication.load_file(each.path)[: each.offset])
    one, other = (_TAG.sub("", _markup(each, shown or b"")) for shown in (each.here, each.there))
    return before.rfind("<pre") > before.rfind("</pre>") and (one.startswith(other) or other.startswith(one))


def _markup(each: Difference, data: bytes) -> str:
    """HTML, which a feed has in escaped form; both may begin and end anywhere."""
    text = data.decode("utf-8", "replace")
    return html.unescape(_CUT_ENTITY.sub("", text)) if each.path.endswith(".xml") else text


def _spelt_in_several_ways(site: Site) -> dict[tuple[str, str, str], list[Term]]:
    """The first use of each spelling of the terms that have more than one, by taxonomy, name in lower case, and language.

    Left out are those whose page has a title of its own: that settles the heading.
    """
    groups: dict[tuple[str, str, str], dict[str, Term]] = defaultdict(dict)
    titled = {page.address for page in site.published if page.kind == "term" and page.title}
    for (taxonomy, name, language), terms in site.spellings.items():
        for term in terms if terms[0].address not in titled else ():
            groups[taxonomy, name.lower(), language].setdefault(term.name, term)
    return {key: list(each.values()) for key, each in groups.items() if len(each) > 1}


def _suspects(site: Site) -> dict[_Cause, list[tuple[str, int, str]]]:
    """Where templates ask for what is not the same in each build: the file, the line and the word."""
    found: dict[_Cause, list[tuple[str, int, str]]] = defaultdict(list)
    for name in sorted(site.config.templates.own):
        path = f"{site.config.layout_dir}/{name}"
        text = (site.load_file(path) or b"").decode("utf-8", "replace")
        for action in _ACTION.finditer(text):
            if action[0].lstrip("{- ").startswith("/*"):
                continue
            for cause, pattern in _SUSPECTS:
                for word in pattern.finditer(action[0]):
                    line = text.count("\n", 0, action.start() + word.start()) + 1
                    found[cause].append((path, line, word[0]))
    return found


def _culprits(
    site: Site, cause: _Cause, tag: str, suspects: dict[_Cause, list[tuple[str, int, str]]]
) -> Iterator[Note]:
    if cause is _Cause.TAGS:
        for (_, name, _), terms in _spelt_in_several_ways(site).items():
            for term in terms if name == tag else ():
                yield Note(f"`{term.name}` is here", term.page.file, term.value.span)
    if cause is _Cause.FILE_TIME and ":filemodtime" in str(site.config.get("frontmatter", default="")).lower():
        yield Note("`:fileModTime` is among the sources of dates", site.config.path)
    places = suspects.get(cause, [])
    for path, line, word in places[:_MOST]:
        yield Note(f"`{word}` is in line {line}", path)
    if len(places) > _MOST:
        yield Note(f"and in {len(places) - _MOST} more place{'s' * (len(places) > _MOST + 1)} in templates")


def _others(first: Difference, differences: list[Difference]) -> Iterator[Note]:
    others = [each.path for each in differences if each is not first]
    if others:
        more = f" and {len(others) - 1} more file{'s' * (len(others) > 2)}" if len(others) > 1 else ""
        yield Note(f"`{others[0]}`{more} also differ{'s' * (not more)}")


def _told(each: Difference) -> str:
    if each.here is None:
        return "the first did not make it"
    if each.there is None:
        return "the second did not make it"
    if not each.here or not each.there or b"\0" in each.here:
        return f"byte {each.offset} is another"
    return f"`{_shown(each.here, each)}`, and then `{_shown(each.there, each)}`"


def _shown(data: bytes, each: Difference) -> str:
    """What stands around the first byte that differs, in its line."""
    at = _at(each)
    before = data[:at].decode("utf-8", "replace").rpartition("\n")[2][-_AROUND:]
    after = data[at:].decode("utf-8", "replace").partition("\n")[0][:_AROUND]
    return " ".join((before + after).replace("`", "'").split())


def _at(each: Difference) -> int:
    """Where the first byte that differs is in what is shown."""
    pairs = zip(each.here or b"", each.there or b"", strict=False)
    return next(
        (at for at, (one, other) in enumerate(pairs) if one != other),
        min(len(each.here or b""), len(each.there or b"")),
    )


def _place(publication: Publication, each: Difference) -> Span:
    if each.here is None:
        return Span(0, 0)
    at = len(publication.load_file(each.path)[: each.offset].decode("utf-8", "replace"))
    return Span(at, at + 1)
