from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from presscheck import read, survey
from presscheck.check import active_rules, check_site
from presscheck.fix import edited
from presscheck.front_matter import read_front_matter
from presscheck.markdown import Markdown
from presscheck.suppressions import find_suppressions, insertions
from presscheck.text import Span
from tests.conftest import load, render, write
from tests.test_cli import run

Make = Callable[..., Path]

HEAD = '+++\ntitle = "A walk"\ndate = 2026-03-02T09:00:00Z\n+++\n\n'

FORMS = {
    "own line": "<!-- presscheck: ignore[link-broken] soon -->\n[a](/x/) and\n[b](/y/)\n",
    "behind": "[a](/x/) <!-- presscheck: ignore[link-broken] soon -->\n",
    "for the line": "[a](/x/) <!-- presscheck: ignore-line[link-broken] soon -->\n",
    "in a cell": "| a | b |\n|---|---|\n| [a](/x/) <!-- presscheck: ignore-line[link-broken] soon --> | c |\n",
    "in a list": "- [a](/x/) <!-- presscheck: ignore-line[link-broken] soon -->\n- two\n",
    "for a range": "<!-- presscheck: off[link-broken] soon -->\n\n[a](/x/)\n\n[b](/y/)\n\n<!-- presscheck: on[link-broken] -->\n",
    "for the file": "[a](/x/)\n\n<!-- presscheck: ignore-file[link-broken] soon -->\n\n[b](/y/)\n",
    "a definition": "[//]: # (presscheck: ignore[link-broken] soon)\n\n[a](/x/)\n",
    "several rules": "[a](/x/) <!-- presscheck: ignore[image-missing,link-broken] soon -->\n\n![x](/x.png) <!-- presscheck: ignore[image-missing] soon -->\n",
    "until a day": "[a](/x/) <!-- presscheck: ignore[link-broken] until=2026-12-31 soon -->\n",
}


ENDINGS = pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["LF", "CRLF"])


@ENDINGS
@pytest.mark.parametrize("body", FORMS.values(), ids=FORMS)
def test_every_form_hides_the_finding_and_nothing_of_it_reaches_readers(
    site_of: Make, tmp_path: Path, body: str, ending: str
) -> None:
    folder = site_of({"content/posts/walk.md": (HEAD + body).replace("\n", ending)})
    site = load(folder)
    rules = active_rules(site.config)
    wanted = {"link-broken", "image-missing"}
    assert [each for each in check_site(site, rules) if each.rule in wanted] == []
    plain = site_of({"content/posts/walk.md": HEAD + body.replace("presscheck:", "a note:")}, "plain")
    assert [each for each in check_site(load(plain), rules) if each.rule in wanted] != []
    run_ = render(folder, tmp_path / "public")
    assert run_.status == 0
    assert "presscheck" not in (tmp_path / "public/posts/walk/index.html").read_text()


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("[a](/x/)\n\n[b](/y/) <!-- presscheck: ignore[link-broken] soon -->\n", 1),
        ("<!-- presscheck: ignore[link-broken] soon -->\n[a](/x/)\n\n[b](/y/)\n", 1),
        ("`<!-- presscheck: ignore-file[link-broken] soon -->`\n\n[a](/x/)\n", 1),
        ("```\n<!-- presscheck: ignore-file[link-broken] soon -->\n```\n\n[a](/x/)\n", 1),
        ("<!-- presscheck: ignore[link-broken] -->\n[a](/x/)\n", 1),
        ("<!-- presscheck: ignore -->\n[a](/x/)\n", 1),
        ("<!-- presscheck: ignore[link-broken] until=2026-11-21 soon -->\n[a](/x/)\n", 1),
        (
            "<!-- presscheck: off[link-broken] soon -->\n[a](/x/)\n\n<!-- presscheck: on[link-broken] -->\n\n[b](/y/)\n",
            1,
        ),
        ("<!-- presscheck: off[link-broken] soon -->\n[a](/x/)\n\n<!-- presscheck: on -->\n\n[b](/y/)\n", 1),
        (
            "<!-- presscheck: off[link-broken] soon -->\n[a](/x/)\n\n<!-- presscheck: on[a] -->\n\n[b](/y/)\n\n<!-- presscheck: on[a,link-broken] -->\n\n[c](/z/)\n",
            1,
        ),
    ],
)
def test_what_is_not_covered_is_reported(site_of: Make, text: str, count: int) -> None:
    site = load(site_of({"content/posts/walk.md": HEAD + text}))
    assert sum(each.rule == "link-broken" for each in check_site(site, active_rules(site.config))) == count


@pytest.mark.parametrize(
    ("front_matter", "rule"),
    [
        ('title = "A"\n# presscheck: ignore[date-no-offset] as it was\ndate = 2026-03-02T09:00:00\n', "date-no-offset"),
        ('title = "A"\ndate = 2026-03-02T09:00:00 # presscheck: ignore[date-no-offset] as it was\n', "date-no-offset"),
        (
            '# presscheck: ignore-file[date-no-offset] as it was\ntitle = "A"\ndate = 2026-03-02T09:00:00\n',
            "date-no-offset",
        ),
        (
            'date = 2026-03-02T09:00:00Z\n# presscheck: ignore[tag-case-variant] as it was\ntags = [\n  "go",\n  "Go",\n]\n',
            "tag-case-variant",
        ),
    ],
)
@ENDINGS
def test_comments_in_front_matter(site_of: Make, front_matter: str, rule: str, ending: str) -> None:
    site = load(site_of({"content/posts/walk.md": f"+++\n{front_matter}+++\n\nText.\n".replace("\n", ending)}))
    assert rule not in {each.rule for each in check_site(site, active_rules(site.config))}
    other = load(site_of({"content/posts/walk.md": f"+++\n{front_matter.replace('presscheck:', 'x')}+++\n"}, "other"))
    assert rule in {each.rule for each in check_site(other, active_rules(other.config))}


def test_text_in_quotes_is_no_comment() -> None:
    text = '+++\ntitle = "# presscheck: ignore-file[link-broken] soon"\n+++\n'
    assert find_suppressions(text, read_front_matter(text), Markdown()) == ()


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("<!-- presscheck: ignore[a] why - so  -->", "why - so"),
        ("<!-- presscheck: ignore[a]-->", ""),
        ("<!-- presscheck: ignore[a] this --> and <!-- that -->", "this"),
        ("[//]: # (presscheck: ignore[a] this (and that) )  ", "this (and that)"),
    ],
)
def test_a_reason_ends_where_the_comment_ends(comment: str, reason: str) -> None:
    (found,) = find_suppressions(comment, read_front_matter(comment), Markdown())
    assert (found.verb, [name for name, _ in found.rules], found.reason) == ("ignore", ["a"], reason)


def test_a_comment_that_says_nothing_has_no_verb() -> None:
    text = "<!-- presscheck: -->"
    (found,) = find_suppressions(text, read_front_matter(text), Markdown())
    assert (found.verb, found.rules, found.reason, found.span) == ("", (), "", (0, len(text)))


def test_an_end_is_remembered_no_longer_than_it_holds(site_of: Make) -> None:
    body = "[a](/x/) <!-- presscheck: ignore[link-broken] until=2026-11-30 soon -->\n"
    folder = site_of({"content/posts/walk.md": HEAD + body})
    root = read.find_root(folder)
    assert root
    for day, expected in ((22, []), (30, []), (1, ["link-broken", "suppression-expired"])):
        clock = datetime(2026, 12 if day == 1 else 11, day, 12, tzinfo=UTC)
        assert sorted({each.rule for each in survey.check(root, clock).diagnostics}) == expected


def test_an_end_is_the_same_wherever_the_clock_is_told(site_of: Make) -> None:
    folder = site_of(
        {"content/posts/walk.md": HEAD + "[a](/x/) <!-- presscheck: ignore[link-broken] until=2026-11-30 soon -->\n"}
    )
    root = read.find_root(folder)
    assert root
    late_in_new_york = datetime(2026, 11, 30, 23, 30, tzinfo=timezone(timedelta(hours=-5)))
    for clock in (late_in_new_york, late_in_new_york.astimezone(UTC)):
        found = check_site(read.read_site(root, clock), active_rules(read.read_site(root, clock).config))
        assert sorted({each.rule for each in found}) == ["link-broken", "suppression-expired"]


def test_add_ignore_silences_everything_and_keeps_every_other_line(site_of: Make) -> None:
    texts = {
        "content/posts/a.md": HEAD
        + "[a](/x/) and [b](/y/)\n\n## A ![](z.png)\n\n- [c](/z/)\n\n| a |\n|---|\n| [d](/q/) |\n\n```go\nopen\n",
        "content/posts/b.md": '+++\ntitle = "B"\ndate = 2026-03-02T09:00:00\ntags = ["go",\n "go"]\n+++\n\nText.\n',
        "content/posts/c.md": "---\ntitle: C\ndate: 2026-03-02T09:00:00\n---\n\nText.\n",
        "content/posts/d.md": '{"title": "D", "date": "2026-03-02T09:00:00"}\n\nText.\n',
    }
    folder = site_of(texts)
    clock = ("--clock", "2026-11-22T12:00:00Z")
    assert run("check", "--fail-on", "info", *clock, cwd=folder).returncode == 1
    assert run("fix", "--add-ignore", "the old site had it so", *clock, cwd=folder).returncode == 0
    assert run("check", "--fail-on", "info", *clock, cwd=folder).returncode == 0
    for path, text in texts.items():
        now = (folder / path).read_text().splitlines()
        kept = [
            line.partition(" <!-- presscheck:")[0] for line in now if not line.startswith(("# press", "<!-- press"))
        ]
        assert [line for line in kept if line] == [line for line in text.splitlines() if line]
    assert run("fix", "--add-ignore", "a] b", cwd=folder).returncode == 2


def test_add_ignore_lists_what_it_leaves(site_of: Make) -> None:
    config = 'baseURL = "https://site.example/"\ntypo = 1\n'
    folder = site_of({"config.toml": config, "content/posts/a.md": HEAD + "[a](/x/)\n"})
    done = run("fix", "--add-ignore", "so", cwd=folder)
    assert done.returncode == 1
    assert "left: config.toml:2: config-key-unknown\n" in done.stderr
    assert "ignored 1 finding; 1 left" in done.stderr
    assert (folder / "config.toml").read_text() == config


BLOCKS = {
    "paragraphs": "One\\\ntwo  \nthree\n\nfour\nfive\n\nsix\n",
    "reference definitions": "See [a] and [b].\n\n[a]: /one/\n[b]: /two/ \"Two\"\n[c]: /three/\n  'Three'\n\nText.\n",
    "definitions first": "[a]: /one/\n[b]: /two/\n\nSee [a] and [b].\n",
    "pictures": '![one](1.png)\n\n![two](2.png "Two")\n{.wide}\n\nText ![three](3.png)\n\n![four](4.png)\n![five](5.png)\n',
    "tight list": "Text:\n\n- one\n- two\n  more\n  - three\n\nText.\n",
    "loose list": "- one\n\n- two\n\n  more\n\n      code\n\n- three\n\nText.\n\n1. a\n\n2. b\n",
    "a list after text": "Text\n- one\n- two\n\n\n- three\n* four\n",
    "task list": "- [ ] one\n- [x] two\n",
    "table": "| a | b |\n|---|--:|\n| 1 | 2 |\n| 3 | 4 |\n\nText\n\n| a |\n|---|\n| 1 |\n{.wide}\n",
    "a table below text": "Text\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "block quotes": "> one\n> two\n>\n> three\nfour\n\n> five\n\n> [!NOTE] Mind\n> this\n\n> [!TIP]\n> that\n",
    "headings": "## One\nText\n## Two {#two}\n\n### Three\n\nFour\n====\n\nFive\nsix\n---\nText\n",
    "rules": "Text\n\n---\n\n***\nText\n\n- - -\n",
    "footnotes": "One[^1] two[^b].\n\n[^1]: A note\n    goes on.\n\n    And on.\n[^b]: Another.\n\nText.\n\n[^c]: Unused.\n",
    "definition list": "Text.\n\nTerm\n: what\n: it is\n\nOther\n\n: that\n\n  more\n\nThird\nFourth\n: both\n\nText.\n",
    "definition list first": "Term\n: what\n\nOther\n: that\n\nText.\n",
    "HTML": "<div>\n\n*one*\n\n</div>\n\n<pre>\n\ntwo\n\n</pre>\nText <b>bold\nmore</b>\n\n<!-- a\n\ncomment -->\nText\n",
    "HTML in lines": "<details><summary>A</summary>\nText\n</details>\n\n<a\nhref=x>y</a>\n\n<script>\n\nvar x\n\n</script>\n",
    "fences": "Text\n```go\n\none\n\ntwo\n```\n\n~~~\n\n# no\n~~~\n\n```py {hl_lines=[1]}\nx\n\ny\n```\n{.wide}\n\n- a\n\n  ```\n\n  b\n  ```\n",
    "indented code": "    one\n\n    two\n\nText\n\n    three\n\n    four\n\nText\n",
    "an open fence": "Text\n\n```\none\n\ntwo\n\nthree\n",
    "shortcodes": '{{< figure src="a.png" >}}\n\nText {{< figure\n\nsrc="b.png"\n\n>}} more\n\n{{% note %}}\nOne\n\nTwo\n{{% /note %}}\n\nText\n',
    "shortcodes around text": "{{< raw >}}\none\n\ntwo\n{{< /raw >}}\n\nText\n\n{{< note >}}\n\nOne\n\n{{< note >}}Two\n\n{{< /note >}}\n\n{{< /note >}}\n",
    "code in a shortcode": "{{< highlight go >}}\none\n\ntwo\n{{< /highlight >}}\n\n{{</* no */>}}\n\nText\n",
    "formulas": "\\[\na\n\nb\n\\]\n\n$$\nc\n\nd\n$$\n\nText \\(a\nb\\)\n",
    "attributes": "Text\n{.wide}\n\n> quote\n{.wide}\n\n{.lost}\n\n## Heading\n{.lost}\n\n- a\n- b\n{.wide}\n",
    "a summary": "One.\n\nTwo.\n\n<!--more-->\n\nThree.\n\nFour.\n",
    "code spans and links over lines": 'Text `a\nb` and [c\nd](/x/\n"t") and ![e\nf](g.png)\n\n*a\nb* **c\nd**\n',
    "blanks": "\n\n   Text\n \t\nText\n\n\n  \n   - a\n\n   - b\n\n\n",
    "no line break at the end": "Text\n\nText",
    "characters": "“Quoted” — “yes”\n\n“More”\n\n*…*\n",
}
SITE = {
    "layouts/all.html": "{{ .Content }} | {{ .Summary }} | {{ .Plain }} | {{ .WordCount }} {{ .TableOfContents }}",
    "layouts/_markup/render-image.html": "{{ if .IsBlock }}<figure class='{{ .Attributes.class }}'><img src={{ .Destination }}></figure>{{ else }}<img>{{ end }}",
    "layouts/_shortcodes/note.html": "<aside>{{ .Inner | .Page.RenderString }}</aside>",
    "layouts/_shortcodes/raw.html": "<pre>{{ .Inner }}</pre>",
}
MARKUP = """
[markup.goldmark.renderer]
unsafe = {unsafe}
[markup.goldmark.parser]
wrapStandAloneImageWithinParagraph = false
[markup.goldmark.parser.attribute]
block = true
[markup.goldmark.extensions.passthrough]
enable = true
[markup.goldmark.extensions.passthrough.delimiters]
block = [['\\[', '\\]'], ['$$', '$$']]
inline = [['\\(', '\\)']]
"""


@pytest.mark.parametrize("unsafe", ["true", "false"])
@ENDINGS
def test_a_suppression_is_written_where_it_changes_nothing_of_the_page(
    site_of: Make, tmp_path: Path, ending: str, unsafe: str
) -> None:
    config = 'baseURL = "https://site.example/"\ndisableKinds = ["taxonomy", "term", "rss", "sitemap"]\n'
    bodies = {name.replace(" ", "-").lower(): body.replace("\n", ending) for name, body in BLOCKS.items()}
    head = HEAD.rstrip("\n").replace("\n", ending) + ending
    files = {f"content/{name}/as-it-was.md": head + body for name, body in bodies.items()}
    folder = site_of({**SITE, "config.toml": config + MARKUP.format(unsafe=unsafe), **files})
    made = {}
    for page in load(folder).pages:
        text = page.source.text
        for number, start in enumerate(page.source.line_starts):
            if start < page.front_matter.span.end or not page.source.line(number + 1).strip():
                continue
            edits = insertions(
                text, page.front_matter, page.markdown, page.shortcodes, [("link-broken", start)], reason="so"
            )
            mended = edited(text, edits)
            now = start + sum(len(edit.text) for edit in edits if edit.span.start <= start)
            made[page.file.replace("as-it-was", f"line-{number + 1}")] = mended, now
    site = load(write(folder, {path: text for path, (text, _) in made.items()}))
    for path, (_, at) in made.items():
        assert any(each.covers("link-broken", Span(at, at)) for file, each in site.suppressions if file == path), path
    done = render(folder, tmp_path / "public")
    assert done.status == 0, done.output
    comment = re.compile(r"<!-- (?:presscheck: .*?|raw HTML omitted) -->")
    between = re.compile(r"(?<=>)\s+(?=<)")
    different = []
    for path, (mended, _) in made.items():
        place = tmp_path / "public" / path.removeprefix("content/").removesuffix(".md")
        after, before = (
            " ".join(
                between.sub("", comment.sub("", (each / "index.html").read_text("utf-8")))
                .replace(each.name, "")
                .split()
            )
            for each in (place, place.with_name("as-it-was"))
        )
        if after != before:
            different.append((path, mended, before, after))
    assert different == []
