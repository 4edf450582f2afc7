"""Forty questions that pages and programs ask of a catalogue, each with its name."""

QUERIES = {
    # The map: an indicator, its economies, all years or some.
    "a map of all years": lambda held: held.series("rd_expenditure_gdp"),
    "a map of some economies": lambda held: held.series(
        "gdp_current_usd", ["JPN", "KOR", "TWN", "SGP"]
    ),
    "a map of a span": lambda held: held.series("gdp_pcap_ppp_const2021", None, 1990, 2005),
    "a map of one year": lambda held: held.series("fdi_net_inflows_gdp", None, 2010, 2010),
    "a map from a year on": lambda held: held.series("population", None, 2015, None),
    "a map up to a year": lambda held: held.series("population", None, None, 1975),
    "a map of no place": lambda held: held.series("population", []),
    "a map of hubs": lambda held: held.series(
        next(key for key in held.indicators if held.kind_of(key) == "hub")
    ),
    "places of an indicator": lambda held: held.places_with("rd_expenditure_gdp"),
    "economies of an indicator": lambda held: held.places_with("gdp_current_usd", "economy"),
    "kind of each indicator": lambda held: [held.kind_of(key) for key in held.indicators],
    # Comparing: rows with rivals, with documents, with doubts.
    "two economies compared": lambda held: held.series("rd_expenditure_gdp", ["JPN", "KOR"]),
    "all rows of an indicator": lambda held: held.observations("sme_share_enterprises"),
    "all rows of some places": lambda held: held.observations(
        "sme_share_employment", ["JPN", "MYS", "THA"]
    ),
    "all rows of a span": lambda held: held.observations("rd_expenditure_gdp", None, 2000, 2003),
    "rivals of a value": lambda held: held.rivals("sme_share_enterprises", "TWN", 2002),
    "rivals where there are none": lambda held: held.rivals("gdp_current_usd", "JPN", 1800),
    "values that sources dispute": lambda held: held.is_in_conflict(
        held.series("rd_expenditure_gdp")
    ),
    "all conflicts": lambda held: held.conflicts(),
    "a value by its identifier": lambda held: held.value(
        value_of(held.observations("sme_share_enterprises", ["TWN"]))
    ),
    # Profiles of places.
    "newest of an economy": lambda held: held.latest("JPN"),
    "newest of a hub": lambda held: held.latest("hsinchu"),
    "newest of two indicators": lambda held: held.latest("KOR", ["gdp_current_usd", "population"]),
    "newest of a place without values": lambda held: held.latest("silicon_sea_belt"),
    "series of an economy": lambda held: held.drawn_of(["TWN"]),
    "series of hubs": lambda held: held.drawn_of(
        [place.place_id for place in held.places_of_kind("hub")]
    ),
    "some series of an economy": lambda held: held.drawn_of(
        ["SGP"], ["gdp_current_usd", "population"]
    ),
    "rows of an economy": lambda held: held.held_of("MYS"),
    "rows of a cluster": lambda held: held.held_of("tha_automotive"),
    "indicators of an economy": lambda held: sorted(held.indicators_of("HKG")),
    "rows without a year": lambda held: held.undated(),
    "rows without a year of a place": lambda held: held.undated("hsinchu"),
    # Coverage and quality.
    "values of a year": lambda held: held.drawn_in(2010),
    "values by indicator and place": lambda held: held.counted(
        "indicator_id", "place_id", where="_drawn"
    ),
    "rows by year": lambda held: held.counted("year"),
    "rows by document": lambda held: held.counted("source_id"),
    "rows by doubt": lambda held: held.counted("qualifier", "caveats"),
    "facts of the press alone": lambda held: held.counted(
        "indicator_id", "_press_only", where="_first"
    ),
    "all that is drawn": lambda held: held.drawn.reset_index(drop=True),
    "the whole table": lambda held: held.table("observations"),
}


def value_of(rows):
    from dashboard.catalogue.catalogue import value_identifiers

    return value_identifiers(rows)[0]
