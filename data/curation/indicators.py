"""The table of indicators: published national series, and series described by hand."""

from data.curation.curation import Curation
from data.curation.tables import Row

_DIMENSIONS = ("industry", "firm_scale")


def build_indicators(curation: Curation) -> list[Row]:
    """One row per indicator, national ones first."""
    judged = curation.by_id("curated/national_indicators")
    national = []
    for row in curation.rows("national/indicators"):
        indicator_id = row["indicator_id"]
        choice = judged[indicator_id]
        national.append(
            {
                "indicator_id": indicator_id,
                "name": row["name"],
                "short_name": choice["short_name"],
                "topic": row["topic"],
                "definition": row["definition"],
                "unit": row["unit"],
                "unit_symbol": row["unit_symbol"],
                "decimals": row["decimals"],
                "aggregation": choice["aggregation"],
                "better": choice["better"],
                "default_chart": choice["default_chart"],
                "comparability_note": choice["comparability_note"],
                "source_code": row["source_code"],
                "concept": choice["concept"],
                "method": choice["method"],
            }
        )
    described = [
        {name: cell for name, cell in row.items() if name not in _DIMENSIONS}
        for row in (*curation.rows("curated/indicators"), *curation.rows("seeds/indicators"))
    ]
    return national + described
