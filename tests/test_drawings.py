"""What an SVG file may hide, and what drawing programs write that hides nothing."""

from __future__ import annotations

import pytest

from presscheck.rules._drawings import deeds_in

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def svg(inside: str, attributes: str = "") -> bytes:
    return f'<?xml version="1.0"?>\n<svg {SVG} {attributes}>{inside}</svg>\n'.encode()


ACTIVE = {
    "script": svg("<script>x</script>"),
    "capitals": svg("<SCRIPT>x</SCRIPT>"),
    "a prefix of its own": b'<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:script>x</s:script></s:svg>',
    "a long prefix": b'<%(p)s:svg xmlns:%(p)s="http://www.w3.org/2000/svg"><%(p)s:script/></%(p)s:svg>' % {b"p": b"p" * 99},
    "UTF-16": svg("<script>x</script>").replace(b'<?xml version="1.0"?>\n', b"").decode().encode("utf-16"),
    "a script of XHTML": svg('<h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>'),
    "a frame of XHTML": svg('<h:iframe xmlns:h="http://www.w3.org/1999/xhtml" src="x"/>'),
    "a form of XHTML": svg('<h:form xmlns:h="http://www.w3.org/1999/xhtml" action="x"/>'),
    "foreignObject": svg("<foreignObject/>"),
    "onload": svg("", 'onload="x"'),
    "behind a bracket in an attribute": svg('<g id="a>b" onclick="x"/>'),
    "spaces before the sign": svg('<g onclick   =  "x"/>'),
    "javascript": svg('<a href="javascript:x"><g/></a>'),
    "letters as entities": svg('<a href="java&#115;cript:x"><g/></a>'),
    "a tab inside": svg('<a xlink:href="java&#9;script:x"><g/></a>'),
    "a control character before": svg('<a href="&#10; javascript:x"><g/></a>'),
    "set later": svg('<a><set attributeName="href" to="javascript:x"/></a>'),
    "one of several values": svg('<a><animate attributeName="href" values="#a;javascript:x"/></a>'),
    "an attribute that is animated": svg('<set attributeName="onclick" to="x"/>'),
    "a whole document": svg('<use href="data:image/svg+xml;base64,AAAA#x"/>'),
    "a page as an address": svg('<a href="data:text/html,x"><g/></a>'),
    "an entity": b'<!DOCTYPE svg [<!ENTITY x "&#60;script&#62;x&#60;/script&#62;">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
    "an entity from elsewhere": b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&x;</svg>',
    "a billion laughs": b"<!DOCTYPE svg [<!ENTITY a0 'ha'>"
    + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    + b']><svg xmlns="http://www.w3.org/2000/svg">&a9;</svg>',
    "a parameter entity": b'<!DOCTYPE svg [<!ENTITY % x "<!ENTITY y \'z\'>"> %x;]><svg xmlns="http://www.w3.org/2000/svg"/>',
    "a style sheet that makes a page": b'<?xml-stylesheet type="text/xsl" href="x.xsl"?>' + svg("").partition(b"\n")[2],
    "a picture from elsewhere": svg('<image href="https://pictures.example/x.png"/>'),
    "without a scheme": svg('<image xlink:href="//pictures.example/x.png"/>'),
    "with the wrong slashes": svg('<image href="\\\\pictures.example/x.png"/>'),
    "a filter from elsewhere": svg('<g filter="url(https://pictures.example/x.svg#f)"/>'),
    "a style from elsewhere": svg('<style>@import "https://pictures.example/x.css";</style>'),
    "a style in escapes": svg("<style>g{fill:u\\72l(https://pictures.example/x)}</style>"),
    "a style in a comment's shadow": svg("<style>g{fill:/* x */url( 'https://pictures.example/x')}</style>"),
    "a style attribute": svg('<g style="background:url(//pictures.example/x)"/>'),
    "broken off before its end": svg("<g/>")[:-9],
    "not XML": b"<svg><g></svg>",
    "empty": b"",
    "an unknown encoding": b'<?xml version="1.0" encoding="x-nosuch"?><svg xmlns="http://www.w3.org/2000/svg"/>',
    "elements in one another": svg("<g>" * 5000 + "</g>" * 5000),
}  # fmt: skip

QUIET = {
    "a drawing": svg('<path d="M0 0h10"/><text>a &lt;script&gt; is a word, and javascript: too</text>'),
    "of Illustrator": b'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN"'
    b' "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [\n<!ENTITY ns_svg "http://www.w3.org/2000/svg">\n'
    b'<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/">\n]>\n<svg xmlns="&ns_svg;" xmlns:i="&ns_ai;"><g i:layer="yes"/></svg>',
    "of Inkscape": b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/'
    b'sodipodi-0.dtd" sodipodi:docname="/srv/ada/plan.svg"><metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
    b'<r:Description r:about="https://creativecommons.org/"/></r:RDF></metadata></svg>',
    "links": svg('<a href="https://elsewhere.example/"><g/></a><a xlink:href="mailto:a@site.example"><g/></a>'),
    "its own parts": svg('<use href="#a"/><g fill="url(#b)" style="fill:url(#c)"/><style>g{fill:url(#d)}</style>'),
    "a picture inside": svg('<image href="data:image/png;base64,AAAA"/>'),
    "a font inside": svg("<style>@font-face{src:url(data:font/woff2;base64,AAAA)}</style>"),
    "a neighbour": svg('<image href="tree.png"/>'),
    "UTF-16": '<svg xmlns="http://www.w3.org/2000/svg"><text>ü</text></svg>'.encode("utf-16"),
    "a name that begins with on": svg("<text>once = 1</text>", 'data-once="1"'),
}


@pytest.mark.parametrize("name", ACTIVE)
def test_a_drawing_that_does_something_is_noticed(name: str) -> None:
    assert list(deeds_in(ACTIVE[name]))


@pytest.mark.parametrize("name", QUIET)
def test_a_drawing_that_keeps_still_is_not(name: str) -> None:
    assert list(deeds_in(QUIET[name])) == []
