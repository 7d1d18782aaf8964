"""For people: each diagnostic with its line of text, a caret, the consequence and what to do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from presscheck.diagnostics import Diagnostic, Note, Severity
from presscheck.reports import SourceAt
from presscheck.reports.terminal import Palette, visible, width
from presscheck.text import Source, Span

_COLOURS = {Severity.ERROR: (1, 31), Severity.WARNING: (1, 33), Severity.INFO: (1, 36)}
_FRAME = (34,)
_BOLD = (1,)
_WIDEST = 110
_BEFORE = 40
_MEASURED = 4 * _WIDEST
"""How many characters of a line are measured; a longer one is too wide, even if some of them take no room."""


def render(diagnostics: Sequence[Diagnostic], source_at: SourceAt, *, colour: bool) -> str:
    """The whole report, with a line of totals at the end."""
    palette = Palette(colour)
    blocks = ["\n".join(_block(each, source_at, palette)) + "\n" for each in diagnostics]
    if diagnostics:
        blocks.append(totals(diagnostics) + "\n")
    return "\n".join(blocks)


def totals(diagnostics: Sequence[Diagnostic]) -> str:
    """`2 errors, 1 warning in 2 files; 1 can be fixed with …`."""
    counts = Counter(each.severity for each in diagnostics)
    parts = [_counted(counts[severity], severity.value) for severity in Severity if counts[severity]]
    files = len({each.path for each in diagnostics})
    fixes = Counter(
        each.fix.applicability.value for each in diagnostics if each.fix and each.severity is not Severity.INFO
    )
    line = f"{', '.join(parts)} in {_counted(files, 'file')}"
    offers = [f"`presscheck fix` mends {fixes['safe']}"] if fixes["safe"] else []
    if fixes["unsafe"]:
        more = " more" if fixes["safe"] else ""
        offers.append(f"`presscheck fix --unsafe-fixes` {'' if more else 'mends '}{fixes['unsafe']}{more}")
    if offers:
        line += "; " + ", ".join(offers)
    return line


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 or noun == 'info' else 's'}"


def _block(each: Diagnostic, source_at: SourceAt, palette: Palette) -> Iterator[str]:
    codes = _COLOURS[each.severity]
    head = palette.paint(f"{each.severity.value}[{each.rule}]", *codes)
    yield f"{head}{palette.paint(': ' + visible(each.message), *_BOLD)}"
    margin = (
        len(str(max(each.start.line, *(_line_of(note, each, source_at) for note in each.notes))))
        if each.notes
        else len(str(each.start.line))
    )
    yield f"{' ' * margin}{palette.paint('-->', *_FRAME)} {visible(each.path)}:{each.start.line}:{each.start.column}"
    yield from _frame(source_at(each.path), each.span, each.label, margin, palette, codes, "^")
    for note in each.notes:
        path = note.path or each.path
        source = source_at(path)
        if note.span is not None and source is not None:
            place = source.position(note.span.start)
            yield f"{' ' * margin} {palette.paint('=', *_FRAME)} note: {visible(note.message)}"
            yield f"{' ' * margin}{palette.paint('-->', *_FRAME)} {visible(path)}:{place.line}:{place.column}"
            yield from _frame(source, note.span, "", margin, palette, _FRAME, "-")
        else:
            where = f" ({visible(note.path)})" if note.path else ""
            yield f"{' ' * margin} {palette.paint('=', *_FRAME)} note: {visible(note.message)}{where}"
    details = [("consequence", each.consequence), ("help", each.help)]
    if each.fix and (each.fix.title != each.help or each.fix.applicability.value != "safe"):
        details.append((f"fix ({each.fix.applicability.value})", each.fix.title))
    elif each.fix:
        details[-1] = (f"fix ({each.fix.applicability.value})", each.help)
    details.append(("explain", f"presscheck explain {each.rule}"))
    for word, text in details:
        if text:
            yield f"{' ' * margin} {palette.paint('=', *_FRAME)} {palette.paint(word + ':', *_BOLD)} {visible(text)}"


def _line_of(note: Note, each: Diagnostic, source_at: SourceAt) -> int:
    source = source_at(note.path or each.path)
    return source.position(note.span.start).line if source and note.span else 0


def _frame(  # noqa: PLR0917 - private, and each is of another type
    source: Source | None,
    span: Span,
    label: str,
    margin: int,
    palette: Palette,
    codes: tuple[int, ...],
    mark: str,
) -> Iterator[str]:
    bar = palette.paint("|", *_FRAME)
    if source is None or not source.text:
        if label:
            yield f"{' ' * margin} {bar} {visible(label)}"
        return
    place = source.position(span.start)
    before, marked, after = (visible(part) for part in _parts(source.line(place.line), place.column - 1, span))
    yield f"{' ' * margin} {bar}"
    number = palette.paint(str(place.line).rjust(margin), *_FRAME)
    yield f"{number} {bar} {before}{marked}{after}".rstrip()
    carets = palette.paint(mark * max(width(marked), 1) + (f" {visible(label)}" if label else ""), *codes)
    yield f"{' ' * margin} {bar} {' ' * width(before)}{carets}"


def _parts(line: str, start: int, span: Span) -> tuple[str, str, str]:
    """What is shown of the line before, in and behind `span`, which begins at its character `start` (from zero)."""
    start = min(start, len(line))
    end = max(min(start + span.end - span.start, len(line)), start)
    if len(line) <= _MEASURED and width(visible(line)) <= _WIDEST:
        return line[:start], line[start:end], line[end:]
    before = line[:start] if start <= _BEFORE else "…" + line[start - _BEFORE : start]
    if end - start > _WIDEST:
        return before, line[start : start + _WIDEST] + "…", ""
    room = max(_WIDEST - len(before) - (end - start), 20)
    return before, line[start:end], line[end:] if len(line) - end <= room else line[end : end + room] + "…"
