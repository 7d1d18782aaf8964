"""What our layouts make of fences, in a small site: Hugo's highlighter decides what there is to be left out."""

from __future__ import annotations

from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from presscheck import hugo
from tests.conftest import CLOCK, ROOT, SECTIONS, lay_our_templates, write

CODE = "def near(one):\n    return 'it'  # so\n"
POST = f"""+++
title = "Code"
date = 2026-01-05T09:00:00Z
+++
```python
{CODE}```

```python {{title="near.py" hl_lines=[2]}}
{CODE}```

```nolanguage
{CODE}```

```
{CODE}```
"""


def blocks(folder: Path, setting: str = "") -> list[LexborNode]:
    """The `pre` of each fence of POST, on a site with `setting` below [markup.highlight]."""
    config = (ROOT / "config.toml").read_text("utf-8")
    start = "[markup.highlight]\n"
    assert start in config
    settings = config.replace(start, start + setting)
    write(lay_our_templates(folder), {**SECTIONS, "config.toml": settings, "content/posts/code.md": POST})
    run = hugo.build(folder, folder / "public", clock=CLOCK, cache_folder=folder / "cache", time_limit=120)
    assert (run.status, run.messages) == (0, ()), run.output
    return LexborHTMLParser((folder / "public/posts/code/index.html").read_text("utf-8")).css("pre")


def test_code_has_only_the_marks_that_it_needs(tmp_path: Path) -> None:
    plain, marked, unknown, nameless = found = blocks(tmp_path)
    languages = [[code.attributes.get("class") for code in pre.css("code")] for pre in found]
    assert languages == [["language-python"], ["language-python"], ["language-nolanguage"], [None]]
    assert {pre.text().rstrip("\n") for pre in found} == {CODE.rstrip("\n")}
    assert [span.text() for span in plain.css("span")] == ["def", "near", "return", "'it'", "# so"]
    assert [line.text().rstrip("\n") for line in marked.css(".line.hl")] == [CODE.splitlines()[1]]
    assert len(marked.css(".line")) == 2
    assert not unknown.css("span")
    assert not nameless.css("span")


def test_a_site_may_number_every_line(tmp_path: Path) -> None:
    plain, marked, *_ = blocks(tmp_path, "lineNos = true\n")
    for pre in (plain, marked):
        assert [number.text().strip() for number in pre.css(".ln")] == ["1", "2"]
