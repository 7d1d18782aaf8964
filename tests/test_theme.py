"""The layouts serve another site: one in German, that imports them as the docs say and sets little else."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from presscheck import pipeline, read
from tests.conftest import CLOCK, ROOT, render, write

CONFIG = f"""\
baseURL = "https://mara.example/notizen/"
title = "Maras Notizen"
locale = "de-AT"
defaultContentLanguage = "de"
themesDir = {str(ROOT.parent)!r}
disableHugoGeneratorInject = true
[params]
  _merge = "none"
  description = "Notizen einer Druckerin."
  mainSections = ["beitraege"]
[languages.de]
  locale = "de-AT"
[taxonomies]
  tag = "tags"
[[menus.main]]
  name = "Beiträge"
  pageRef = "/beitraege"
[markup.highlight]
  noClasses = false
[markup.goldmark.parser]
  wrapStandAloneImageWithinParagraph = false
[[module.imports]]
  path = {ROOT.name!r}
  [[module.imports.mounts]]
    source = "layouts"
    target = "layouts"
  [[module.imports.mounts]]
    source = "assets"
    target = "assets"
  [[module.imports.mounts]]
    source = "i18n"
    target = "i18n"
  [[module.imports.mounts]]
    source = "static/favicon.svg"
    target = "static/favicon.svg"
  [[module.imports.mounts]]
    source = "static/apple-touch-icon.png"
    target = "static/apple-touch-icon.png"
  [[module.imports.mounts]]
    source = "static/icons"
    target = "static/icons"
"""
POST = """\
+++
title = "{0}"
date = 2026-0{1}-01T10:00:00+01:00
description = "Über {0}."
tags = ["{0}"]
+++

## Drei Sorten

| Sorte  | g/m² |
|--------|-----:|
| Bütten |  120 |

> [!NOTE]
> Feucht lagern.

```python
print("fertig")
```
"""


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("theme")
    files = {
        "hugo.toml": CONFIG,
        "content/_index.md": '+++\ntitle = "Aus der Werkstatt"\n+++\n\nWas beim Drucken auffällt.\n',
        "content/beitraege/_index.md": '+++\ntitle = "Beiträge"\n+++\n',
        "content/tags/_index.md": '+++\ntitle = "Schlagwörter"\n+++\n',
        "content/beitraege/papier.md": POST.format("Papier", 1),
        "content/beitraege/tinte.md": POST.format("Tinte", 2),
    }
    root = read.find_root(write(folder, files))
    assert root
    outcome = pipeline.build(pipeline.Order(root=root, output=folder / "public", clock=CLOCK))
    assert outcome.is_published, [f"{each.path}: {each.message}" for each in outcome.diagnostics]
    return folder / "public"


def test_another_site_gets_pages_in_its_own_language_below_its_own_path(published: Path) -> None:
    post = (published / "beitraege/papier/index.html").read_text("utf-8")
    assert '<html lang="de-AT"' in post
    for word in ("Kopieren", "Zum Inhalt springen", "Hinweis", "Tabelle 1: Sorte", "Neuer", "Hauptmenü"):
        assert word in post
    assert not re.search(r'(?:href|src)="/(?!notizen/)', post)
    assert re.search(r"1\. (Jänner|Januar) 2026", post)


def test_nothing_of_this_blog_comes_along(published: Path) -> None:
    assert not list(published.rglob("*guardrails*"))
    said = "".join(path.read_text("utf-8") for path in published.rglob("*.html"))
    assert "Presscheck" not in said


def test_pages_that_the_site_does_not_have_are_not_linked(published: Path) -> None:
    home = (published / "index.html").read_text("utf-8")
    assert "/search/" not in home
    assert "/about/" not in home


def test_a_site_that_says_little_of_itself_says_nothing_empty(tmp_path: Path) -> None:
    files = {
        "hugo.toml": CONFIG.replace('  description = "Notizen einer Druckerin."\n', ""),
        "content/_index.md": '+++\ntitle = "Aus der Werkstatt"\n+++\n',
        "content/archive/_index.md": '+++\ntitle = "Archiv"\nlayout = "archive"\n+++\n',
        "content/beitraege/_index.md": '+++\ntitle = "Beiträge"\n+++\n',
        "content/beitraege/papier.md": POST.format("Papier", 1),
        "content/beitraege/lose.md": '+++\ntitle = "Lose Blätter"\n+++\n\nOhne Datum.\n',
    }
    folder = write(tmp_path / "site", files)
    run = render(folder, tmp_path / "out")
    assert (run.status, run.messages) == (0, ()), run.output
    texts = {
        path: path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.*") if path.suffix in {".html", ".xml"}
    }
    assert len(texts) > 8
    for path, text in texts.items():
        assert not re.search(r"content=\"\"|<(description|dc:creator)></|0001", text), path
    archive = texts[tmp_path / "out/archive/index.html"]
    assert "Papier" in archive
    assert "Lose" not in archive


def test_every_language_says_the_same_things() -> None:
    said = {path.stem: set(tomllib.loads(path.read_text("utf-8"))) for path in (ROOT / "i18n").glob("*.toml")}
    assert set(said) == {"en", "de"}
    assert said["en"] == said["de"]


def test_every_phrase_is_used_and_every_used_phrase_exists() -> None:
    templates = "".join(path.read_text("utf-8") for path in (ROOT / "layouts").rglob("*.*"))
    used = set(re.findall(r'\bT "(\w+)"', templates)) | {"note", "tip", "important", "warning", "caution"}
    used |= {word for pair in re.findall(r'T \(cond \$manual "(\w+)" "(\w+)"\)', templates) for word in pair}
    assert used == set(tomllib.loads((ROOT / "i18n/en.toml").read_text("utf-8")))
