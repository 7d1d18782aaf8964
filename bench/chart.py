"""A bar chart of the ratios, as an SVG that needs no style sheet."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from xml.sax.saxutils import escape

from bench.jobs import YARDSTICK
from bench.rounds import Result
from bench.targets import Figures

_WIDTH = 760
_LEFT = 325
"""Where bars begin."""
_RIGHT = 690
"""Where the longest ends."""
_ROW = 30
_INK = "#1f2430"
_OURS = "#2b6777"
_THEIRS = "#c9bfae"
_HUGO = "#b4451f"
_GROUPS = {"check": "Checking", "build": "Building"}


def chart(figures: Figures) -> str:
    """The ratios at the largest size, a group of bars for checking and one for building, each to its own scale."""
    body: list[str] = []
    top = 50
    for kind, title in _GROUPS.items():
        body.append(f'<text x="24" y="{top}" font-weight="600">{title}</text>')
        rows = _rows(figures, kind)
        most = max([*(ratio for _, ratio in rows), 1.0])
        top += 16
        bottom = top + _ROW * len(rows)
        for at, (result, ratio) in enumerate(rows):
            body.extend(_bar(result, ratio, most, top + _ROW * at))
        one = _LEFT + (_RIGHT - _LEFT) / most
        body.append(f'<path d="M{one:.1f} {top}V{bottom}" stroke="{_HUGO}" stroke-width="1.5" stroke-dasharray="4 4"/>')
        body.append(f'<text x="{one:.1f}" y="{bottom + 18}" text-anchor="middle" fill="{_HUGO}">bare Hugo</text>')
        top = bottom + 62
    height = top - 20
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" height="{height}" role="img">'
    lines = [
        head,
        "  <title>Wall time against bare Hugo</title>",
        f'  <rect width="{_WIDTH}" height="{height}" rx="12" fill="#fbfaf7"/>',
        f'  <g font-family="system-ui, sans-serif" font-size="15" fill="{_INK}">',
        *(f"    {line}" for line in body),
        "  </g>",
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _rows(figures: Figures, kind: str) -> list[tuple[Result, float]]:
    """The jobs of a kind with their ratios, fastest first."""
    posts = figures.sizes[-1]
    found = [(result, figures.ratios(result.job.name, posts)) for result in figures.results if result.posts == posts]
    rows = [(result, median(ratios)) for result, ratios in found if ratios and result.job.kind == kind]
    return sorted(rows, key=lambda row: row[1])


def _bar(result: Result, ratio: float, most: float, top: int) -> Iterator[str]:
    width = max((_RIGHT - _LEFT) * ratio / most, 1)
    colour = _HUGO if result.job.name == YARDSTICK else _OURS if result.job.is_ours else _THEIRS
    number = f"{ratio:.2f}" if ratio < 10 else f"{ratio:.0f}"
    yield f'<text x="{_LEFT - 10}" y="{top + 20}" text-anchor="end">{escape(result.job.says.replace("`", ""))}</text>'
    yield f'<rect x="{_LEFT}" y="{top + 6}" width="{width:.1f}" height="{_ROW - 10}" fill="{colour}"/>'
    yield f'<text x="{_LEFT + width + 8:.1f}" y="{top + 20}">{number}</text>'
