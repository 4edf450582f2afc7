"""Where the papers put their cases between human and social capital."""

from dashboard.catalogue.capital import positions


def put(catalogue, case):
    rows = positions(catalogue)
    rows = rows[rows["case"] == case]
    return {(row.source_id[-4:], row.human, row.social) for row in rows.itertuples()}


def test_both_papers_put_jepara_and_the_thai_cluster_in_one_field(catalogue):
    assert put(catalogue, "Jepara furniture") == {
        ("2006", "weak", "strong"),
        ("2008", "weak", "strong"),
    }
    assert {held[1:] for held in put(catalogue, "Thai automotive")} == {("weak", "weak")}


def test_a_paper_that_says_two_things_of_a_case_puts_it_in_two_places(catalogue):
    found = put(catalogue, "Taiwan flowers")
    assert {social for year, _, social in found if year == "2008"} == {"strong", "weak"}
