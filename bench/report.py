"""The figures as text: for a terminal, and for the page on speed."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from statistics import median

from bench.chart import chart
from bench.rounds import Result
from bench.targets import PROMISED_FOR, Figures, failures, verdicts
from presscheck import hugo

FIRST_LINE = "## What was measured"
"""The line of the page with which its generated part begins."""
LAST_LINE = "## Where the time goes"
"""The line of the page before which it ends."""
_NOTHING = "–"
_LEFT = {"Job", "Target", "Verdict"}
"""The columns that hold words."""
_CELL = (
    "a cell has the median of its wall time over that of bare Hugo in the same round, "
    "and in brackets the least and the most. Seconds and MB are of the largest site that the job ran with."
)


def machine() -> str:
    """What it ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = os.cpu_count() or 1
    processor = f" of {_processor()}" if _processor() else ""
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {cores} core{'s' * (cores != 1)}{processor}, {memory:.0f} GB of memory"


def programs(versions: dict[str, str]) -> str:
    """What ran, with versions."""
    own = {"Hugo": hugo.version(), "Python": platform.python_version()}
    return ", ".join(f"{name} {version}" for name, version in {**own, **versions}.items())


def text(figures: Figures, versions: dict[str, str]) -> str:
    """Everything, for a terminal."""
    lines = [machine(), programs(versions), ""]
    for posts in figures.sizes:
        head = ("job", f"{posts:,} posts: × hugo", "least–most", "seconds", "MB")
        lines += [*_columns([head, *(_cells(figures, name, posts) for name in figures.names)]), ""]
    if len(figures.per_post()) > 1:
        growth = [(f"{posts:,}", f"{times:.2f}") for posts, times in figures.per_post().items()]
        lines += [*_columns([("posts", "check-cold: time for a post, against the smallest site"), *growth]), ""]
    lines += [*_columns([_verdict_head(figures), *_verdict_rows(figures)]), ""]
    lines += [f"{each.job.name}, {each.posts:,} posts: {each.failure}" for each in _failures(figures)]
    return "\n".join(lines).rstrip() + "\n"


def section(figures: Figures, versions: dict[str, str], rounds: int, day: date) -> str:
    """The generated part of the page."""
    largest = figures.sizes[-1]
    says = {result.job.name: result.job.says for result in figures.results}
    head = ("Job", *(f"{posts:,} posts" for posts in figures.sizes), "Seconds", "MB")
    rows = []
    for name in figures.names:
        cells = [_cells(figures, name, posts) for posts in figures.sizes]
        ratios = (f"{ratio} ({spread})" if spread else ratio for _, ratio, spread, _, _ in cells)
        ran = next((cell[3:] for cell in reversed(cells) if cell[3] != _NOTHING), cells[-1][3:])
        rows.append((says[name], *ratios, *ran))
    lines = [
        FIRST_LINE,
        "",
        f"On {day.day} {day:%B %Y}, with {programs(versions)}, on {machine()}. Each job ran {rounds} time{'s' * (rounds != 1)}; {_CELL}",
        "",
        *_markdown([head, *rows]),
        "",
        f'![{_alternative(figures)}](/images/speed.svg "Wall time at {largest:,} posts against bare Hugo\'s. Shorter is faster.")',
        "",
    ]
    if len(figures.per_post()) > 1:
        growth = [(f"{posts:,}", f"{times:.2f}") for posts, times in figures.per_post().items()]
        lines += ["### Growth", "", "The time that `check` without a cache takes for a post, in its fastest round:", ""]
        lines += [*_markdown([("Posts", "Against the smallest site"), *growth]), ""]
    lines += ["### Against the targets", "", *_markdown([_verdict_head(figures), *_verdict_rows(figures)]), ""]
    if largest != PROMISED_FOR:
        lines += [f"The targets are for {PROMISED_FOR:,} posts; this run had {largest:,}.", ""]
    if _failures(figures):
        lines += ["### What did not run", ""]
        lines += [f"- {each.job.says}, {each.posts:,} posts: `{_reason(each)}`" for each in _failures(figures)]
        lines += [""]
    return "\n".join(lines)


def write(page: Path, picture: Path, generated: str, figures: Figures) -> None:
    """Put the generated part into the page, and the chart beside it."""
    before, found, rest = page.read_text("utf-8").partition(f"{FIRST_LINE}\n")
    _, also_found, after = rest.partition(f"{LAST_LINE}\n")
    if not found or not also_found:
        raise ValueError(f"{page.name} has no line `{FIRST_LINE}` before a line `{LAST_LINE}`")
    page.write_text(f"{before}{generated}\n{LAST_LINE}\n{after}", "utf-8")
    picture.write_text(chart(figures), "utf-8")


def _cells(figures: Figures, name: str, posts: int) -> tuple[str, str, str, str, str]:
    result = figures.get(name, posts)
    if result is None or result.failure or not result.runs:
        return (name, "failed" if result and result.failure else _NOTHING, "", _NOTHING, _NOTHING)
    ratios = figures.ratios(name, posts)
    ratio = _short(median(ratios)) if ratios else _NOTHING
    spread = f"{_short(min(ratios))}–{_short(max(ratios))}" if len(ratios) > 1 and name != "hugo" else ""
    return (name, ratio, spread, f"{result.seconds:.2f}", f"{result.memory:,.0f}")


def _verdict_head(figures: Figures) -> tuple[str, str, str, str]:
    return ("Target", "At most", f"At {figures.sizes[-1]:,} posts", "Verdict")


def _verdict_rows(figures: Figures) -> Iterator[tuple[str, str, str, str]]:
    for each in verdicts(figures):
        measured = _NOTHING if each.measured is None else f"{_short(each.measured)} {each.target.unit}"
        yield (each.target.says, f"{each.target.limit:g} {each.target.unit}", measured, each.says)


def _failures(figures: Figures) -> list[Result]:
    return failures([*figures.results, *figures.growth])


def _alternative(figures: Figures) -> str:
    """The chart in words."""
    found = {name: figures.ratios(name, figures.sizes[-1]) for name in ("check-cold", "check-warm", "build-cold")}
    parts = [f"{name.replace('-', ' ')} {_short(median(ratios))}" for name, ratios in found.items() if ratios]
    return f"Bars of wall time in two groups, checking and building, where bare Hugo is 1: {', '.join(parts)}"


def _reason(result: Result) -> str:
    """Why a job failed, without the folders of this machine."""
    return re.sub(r"(?<![\w.])/(?:[^\s/:]+/)+", "", result.failure).replace("`", "'")


def _short(number: float) -> str:
    """Two figures that mean something: 0.053, 0.53, 5.3, 53."""
    return f"{number:.3f}" if number < 0.1 else f"{number:.2f}" if number < 10 else f"{number:.0f}"


def _columns(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    rows = [[cell.replace("`", "") for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _markdown(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    head, *body = rows
    yield f"| {' | '.join(head)} |"
    yield f"| {' | '.join(':---' if name in _LEFT else '---:' for name in head)} |"
    for row in body:
        yield f"| {' | '.join(cell.replace('|', '/') for cell in row)} |"


def _processor() -> str:
    """Its name, where the system tells."""
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text("utf-8"), re.MULTILINE)
    except OSError:
        return platform.processor()
    return found[1].strip() if found else ""
