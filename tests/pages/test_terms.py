"""Terms marked in texts: nothing of the text is lost, and nothing in it becomes markup."""

import json
import re
from html import unescape

from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.catalogue.glossary import terms
from dashboard.ui.terms import definitions, marked, marked_in_turn

TAG = re.compile(r'<span class="term" tabindex="0" data-term="(\w+)" aria-describedby="term-\1">')
WORDS = ["cluster", "SMEs", "R&D", "social capital", "Pavitt’s taxonomy", "fab", "industrial"]
WORDS += ["<b>", "&amp;", '"', "'", "</span>", " ", "-", ", ", "\n", "x", "GPN", "é", "İ"]


def read(markup):
    return unescape(TAG.sub("", markup).replace("</span>", ""))


def test_the_first_of_each_term_is_marked():
    text = marked("Clusters of SMEs: a cluster, R&D and social capital.")
    assert TAG.findall(text) == ["cluster", "sme", "rd", "social_capital"]
    assert "</span>: a cluster, <span" in text
    assert ">R&amp;D</span>" in text


def test_texts_read_in_turn_mark_a_term_once():
    first, second = marked_in_turn(["An SME.", "Another SME, in a cluster <i>."])
    assert TAG.findall(first) == ["sme"]
    assert TAG.findall(second) == ["cluster"]
    assert second.startswith("Another SME, in a ")
    assert second.endswith("&lt;i&gt;.")


def test_a_text_without_terms_is_only_escaped():
    assert marked('<img src=x onerror="go()"> & \'') == (
        "&lt;img src=x onerror=&quot;go()&quot;&gt; &amp; &#x27;"
    )


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=12).map("".join))
@example('<span class="term" data-term="x">cluster</span>')
@example("cluster<script>cluster</script>")
@settings(max_examples=150, deadline=None)
def test_marks_change_nothing_of_what_is_read(text):
    markup = marked(text)
    bare = TAG.sub("", markup)
    assert bare.count("</span>") == len(TAG.findall(markup)) == len(set(TAG.findall(markup)))
    assert "<" not in bare.replace("</span>", "")
    assert read(markup) == text


def test_a_browser_gets_every_definition_with_its_document(catalogue):
    held = json.loads(definitions())
    assert list(held) == list(terms(catalogue))
    assert held["human_capital"]["source"].startswith("Chaminade, C.; Vang, J. (2008), Section")
    assert held["fab"]["meaning"] == terms(catalogue)["fab"].definition
