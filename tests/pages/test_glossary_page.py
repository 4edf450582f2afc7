"""The page of terms: looked up by words, letter and topic; one open with its document and uses."""

import pytest

from dashboard.catalogue.glossary import appearances, terms


def names(reader):
    """The terms listed, by the names that open them."""
    return [text.split(" also ")[0] for text in reader.texts("") if False] or [
        text for text in _terms(reader)
    ]


def _terms(reader):
    import re

    return re.findall(r'<dt><a href="/glossary\?term=(\w+)"', reader.markup)


def test_all_terms_stand_by_letter_with_meaning_document_and_file(reader, catalogue):
    reader.go("glossary")
    assert _terms(reader) == list(terms(catalogue))
