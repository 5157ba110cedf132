"""Markdown becomes HTML that can do nothing."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lumbung.formats.prose.markdown import escaped, headings_of, html_of, plain_of

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:msgbox)",
    "![x](javascript:alert(1))",
    "![x](https://spy.example/pixel.gif)",
    "![x](//spy.example/pixel.gif)",
    "![x](/\\\\spy.example/pixel.gif)",
    "<iframe src=https://evil.example></iframe>",
    "<svg/onload=alert(1)>",
    "<style>body{display:none}</style>",
    '[x](https://a.example "><script>alert(1)</script>")',
    "`<script>`\n\n```html\n<script>alert(1)</script>\n```",
    '# <a name="x" onclick="alert(1)">judul</a>',
    "| a |\n|:--|\n| <b onmouseover=alert(1)>b</b> |",
    "<form action=https://evil.example><input name=p></form>",
    "<math><mtext></mtext><mglyph><style></math><img src onerror=alert(1)>",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_attack_becomes_an_element_or_an_address(attack):
    made = html_of(attack)
    tags = re.findall(r"<[^>]+>", made)
    assert not [tag for tag in tags if re.match(r"</?(script|iframe|svg|style|form|input|math)\b", tag)]
    assert not [tag for tag in tags if re.search(r"\son\w+\s*=(?![^\"]*\"[^=]*$)", re.sub(r'"[^"]*"', '""', tag))]
    assert not re.search(r'(?:href|src)="\s*(?:javascript|data|vbscript):', made, re.IGNORECASE)
    assert "spy.example" not in "".join(re.findall(r'src="[^"]*"', made))


@given(st.text(alphabet="<>\"'=/()[]!`*_#|-:&; \n\tabcjsonerrimg", max_size=120))
def test_no_text_makes_a_handler_or_a_script(text):
    made = html_of(text)
    assert "<script" not in made
    assert not re.search(r"<[a-z0-9]+[^>]*\son\w+=", re.sub(r'"[^"]*"', '""', made))


def test_what_authors_need_is_drawn():
    made = html_of("# Judul\n\nTeks **tebal** dan [tautan](https://a.example).\n\n1. satu\n2. dua\n\n> kutipan\n\n~~lama~~")
    assert '<h2 id="b-judul">Judul</h2>' in made
    assert "<strong>tebal</strong>" in made
    assert '<a href="https://a.example" rel="noopener noreferrer nofollow">tautan</a>' in made
    assert "<ol>\n<li>satu</li>\n<li>dua</li>\n</ol>" in made
    assert "<blockquote>" in made
    assert "<s>lama</s>" in made


def test_a_table_may_be_wide_and_keeps_the_sides_of_its_cells_by_class():
    made = html_of("| Buku | Denda |\n|---|--:|\n| a | 500 |")
    assert made.startswith('<div class="wide-table"><table>')
    assert '<td class="num">500</td>' in made
    assert "style" not in made


def test_pictures_of_this_site_are_shown_and_those_of_others_are_not():
    assert '<img src="/files/7"' in html_of("![Meja](/files/7)")
    assert "src=" not in html_of("![Meja](https://a.example/7)")


def test_headings_have_places_each_once():
    text = "# Langkah\n\n## Langkah\n\n### 3 × coba!"
    assert [(each.level, each.text, each.place) for each in headings_of(text)] == [
        (2, "Langkah", "b-langkah"), (3, "Langkah", "b-langkah-2"), (4, "3 × coba!", "b-3-coba"),
    ]  # fmt: skip
    assert [f'id="{each.place}"' in html_of(text) for each in headings_of(text)] == [True, True, True]


def test_the_words_alone_are_told_a_block_a_line():
    assert (
        plain_of("# Judul\n\nTeks **tebal**\nlagi\n\n- satu\n- dua\n\n```\nkode\n```")
        == "Judul\nTeks tebal lagi\nsatu\ndua\nkode"
    )


@given(st.text(alphabet="*_`[]<>#|~\\abc", min_size=1, max_size=30))
def test_escaped_text_shows_to_the_letter(text):
    assert plain_of(f"x{escaped(text)}x") == f"x{text}x"
