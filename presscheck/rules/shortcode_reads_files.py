"""No shortcode lets a post choose which file or address the build reads.

A shortcode that says `{{ readFile (.Get 0) }}` is handy for showing programs, and it reads whatever the post names: `{{< readfile ".env" >}}` prints the
passwords that lie beside the site. Hugo keeps it inside the site's folder and no further. With `resources.GetRemote (.Get "url")`, a post has the
machine that builds the site ask any public address. Templates are the site's own code, and trusted; this hands what they may do to whoever writes
a post.

Read the page's own files, `.Page.Resources.Get`, or those of one folder, and make sure of it: `printf "examples/%s" (path.BaseName (.Get
0))`. Address what is fetched by a number or a name, not as a whole.

It looks at the site's own shortcodes, for a call of `readFile`, `readDir`, `resources.GetRemote` or `getJSON` in the same `{{ … }}` as `.Get`,
`.Params` or `.Inner`, or as a variable that was set from one of these. A template that takes the way apart in another manner is
passed over, and so is one that takes only the last part of a name (`path.Base`, `path.BaseName`), or first compares the name with
something (`if findRE …`, `if in …`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from presscheck.diagnostics import Finding, Severity
from presscheck.rules._pictures import finding
from presscheck.rules._shortcodes import template_of
from presscheck.site import Site

SEVERITY = Severity.WARNING

_ACTION = re.compile(r"\{\{-?(?P<code>.*?)-?\}\}", re.DOTALL)
_READS = re.compile(
    r"\b(?P<what>(?:os\.)?[rR]eadFile|(?:os\.)?[rR]eadDir|resources\.GetRemote|getJSON|getCSV|data\.GetJSON|data\.GetCSV)\b"
)
_FROM_POST = re.compile(r"\.(?:Get|Params|Inner|InnerDeindent)\b")
_OWN = re.compile(r"\.Page\.Resources|\.Resources\.|\.Site\.Params|site\.Params|\.Page\.Params|\bpath\.Base")
_NOT_OF_POST = re.compile(r"resources\.Get\w*|(?:\.Page\.|\.Site\.|site\.)Params")
_SET = re.compile(r"(\$\w+)\s*:?=(?P<value>.*)", re.DOTALL)
_COMPARED = re.compile(r"\s*(?:else\s+)?if\b.*\b(?:findRE|in|index|eq|hasPrefix|strings\.HasPrefix)\b", re.DOTALL)
_FOLDERS = ("_shortcodes", "shortcodes")
_WITH = re.compile(r"\s*(?:with|range)\b")


def check_site(site: Site) -> Iterator[Finding]:
    """Ask of every shortcode of the site's own whether it reads what a post names."""
    for path in sorted(site.templates.own):
        folder, _, file = path.partition("/")
        name = file.partition(".")[0]
        what = _reads(template_of(site.config, name) or "") if folder in _FOLDERS else ""
        if what:
            yield finding(
                f"{site.config.layout_dir}/{path}",
                f"the shortcode `{name}` has `{what}` read what a post names",
                consequence="whoever writes a post has the build ask any public address"
                if "Remote" in what or "JSON" in what or "CSV" in what
                else "whoever writes a post can print any file of the site's folder, published or not, into a page",
                help="read the page's own files with `.Page.Resources.Get`, or only the last part of the name: `path.Base (.Get 0)`",
            )


def _reads(template: str) -> str:
    """What in `template` reads a file or an address that a post names; empty for nothing."""
    tainted: set[str] = set()
    is_inside = False
    for action in _ACTION.finditer(template):
        code = action["code"]
        named = bool(_FROM_POST.search(_NOT_OF_POST.sub("", code))) or any(
            re.search(rf"{re.escape(each)}\b", code) for each in tainted
        )
        if named and _COMPARED.search(code):
            return ""
        is_safe = bool(_OWN.search(code))
        reads = _READS.search(code)
        if reads and not is_safe and (named or (is_inside and re.search(r"\s\.(?=[\s|)]|\Z)", code))):
            return reads["what"]
        if named and not is_safe:
            made = _SET.search(code)
            if made:
                tainted.add(made[1])
            is_inside = is_inside or bool(_WITH.match(code))
    return ""
