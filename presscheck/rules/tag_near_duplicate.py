"""A tag has one name, not two that are nearly the same.

`prompt` and `prompts`, `embeding` and `embedding`, `open-source` and `opensource` are two tags for Hugo, with two pages. Each
lists a part of the posts, and a reader of one does not learn of the other. Hugo says nothing.

Decide for one of them; the message names the one that more posts use. Asked are a plural in `s` or `es`, names that differ
in blanks, hyphens and dots only, and, where one post stands against three or more, names of six letters and more that
differ in one letter. Names that differ in a digit, such as `python2` and `python3`, are never one. Two short words that are
really different things are not reported again when you say so in the settings:

```toml
[params.presscheck.rules.tag-near-duplicate]
distinct = ["new", "news"]
```
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from presscheck.diagnostics import Applicability, Finding, Fix, Note, Severity
from presscheck.rules._terms import plural, respelt
from presscheck.site import Site, Term

SEVERITY = Severity.WARNING

_JOINTS = re.compile("[-_. ]+")
_ENDINGS = ("s", "es")
_SHORTEST_JOINED = 4
_SHORTEST_SINGULAR = 4
_SHORTEST_MISSPELT = 6
_LONGEST_MISSPELT = 40
_RARE = 1
_COMMON = 3
_MOST_COUNTED = 100


@dataclass(frozen=True)
class Options:
    """What may be set."""

    distinct: tuple[str, ...] = ()
    """Names that are never taken for another, case aside."""


def check_site(site: Site, options: Options) -> Iterator[Finding]:
    """Ask of every address of a term whether another one is nearly the same; spellings of one address are one name."""
    distinct = {name.lower() for name in options.distinct}
    by_taxonomy: dict[tuple[str, str], dict[str, list[Term]]] = defaultdict(dict)
    for (taxonomy, name, language), terms in site.spellings.items():
        if name.strip() == name and terms[0].path and name.lower() not in distinct:
            by_taxonomy[taxonomy, language].setdefault(terms[0].path, []).extend(terms)
    for names in by_taxonomy.values():
        reported = set()
        for pair in (*_joined(names), *_plurals(names), *_slips(names)):
            rare, common = sorted(pair, key=lambda name: (len(names[name]), -len(name), name))
            if rare not in reported:
                reported.add(rare)
                yield from _findings(names[rare], names[common])


def _joined(names: dict[str, list[Term]]) -> Iterator[tuple[str, str]]:
    """The pairs that differ in hyphens and the like only; each name with the one that most posts use."""
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[_JOINTS.sub("", name)].append(name)
    for key, group in groups.items():
        if len(group) > 1 and len(key) >= _SHORTEST_JOINED:
            best = max(group, key=lambda name: (len(names[name]), -len(name), name))
            yield from ((name, best) for name in group if name != best)


def _plurals(names: dict[str, list[Term]]) -> Iterator[tuple[str, str]]:
    """The pairs of a name and its plural."""
    for name in names:
        if len(name) >= _SHORTEST_SINGULAR and name[-1].isalpha():
            yield from ((name, name + ending) for ending in _ENDINGS if name + ending in names)


def _slips(names: dict[str, list[Term]]) -> Iterator[tuple[str, str]]:
    """The pairs of a name that hardly a post uses and one that many do, and that differ in a letter."""
    shortened: dict[str, list[str]] = defaultdict(list)
    for name, terms in names.items():
        if len(terms) >= _COMMON and _SHORTEST_MISSPELT <= len(name) <= _LONGEST_MISSPELT:
            for short in _shortened(name):
                shortened[short].append(name)
    if not shortened:
        return
    for name, terms in names.items():
        if len(terms) <= _RARE and _SHORTEST_MISSPELT <= len(name) <= _LONGEST_MISSPELT:
            near = {each for short in _shortened(name) for each in shortened.get(short, ())}
            yield from ((name, each) for each in sorted(near) if _is_slip(name, each))


def _shortened(name: str) -> set[str]:
    """`name`, and what is left of it without one of its characters after the first."""
    return {name, *(name[:at] + name[at + 1 :] for at in range(1, len(name)))}


def _is_slip(name: str, other: str) -> bool:
    """Whether the two differ in one letter: left out, put in, another one, or changed places with its neighbour."""
    if len(name) > len(other):
        name, other = other, name
    start = next((at for at, char in enumerate(name) if char != other[at]), len(name))
    behind, behind_other = name[start:], other[start:]
    if len(name) < len(other):
        return behind == behind_other[1:] and behind_other[:1].isalpha()
    changed = behind[:2] + behind_other[:2]
    if behind[1:] == behind_other[1:]:
        return (behind[:1] + behind_other[:1]).isalpha()
    return changed.isalpha() and behind[:2] == behind_other[1::-1] and behind[2:] == behind_other[2:]


def _findings(rare: list[Term], common: list[Term]) -> Iterator[Finding]:
    spellings = Counter(term.name for term in common[:_MOST_COUNTED])
    best = max(common[:_MOST_COUNTED], key=lambda term: (spellings[term.name], term.name))
    for term in rare:
        edit = respelt(term.page, term.value, best.name)
        yield Finding(
            message=f"the {term.noun} `{term.name}` is nearly `{best.name}`",
            path=term.page.file,
            span=term.value.span,
            label=f"`{best.name}` is used {plural(len(common), 'time')}, this {plural(len(rare), 'time')}",
            consequence=f"readers of {best.address} do not see this post, and readers of {term.address} miss "
            f"{plural(len(common), 'post')}",
            help=f"write `{best.name}`, if it is the same",
            notes=(Note(f"`{best.name}` is here", best.page.file, best.value.span),),
            fix=Fix(f"write `{best.name}`", Applicability.UNSAFE, (edit,)) if edit else None,
        )
