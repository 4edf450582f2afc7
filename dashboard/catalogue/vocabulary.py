"""The words and years that cells of the tables may hold, and that pages offer as choices."""

FIRST_YEAR = 1900
LAST_YEAR = 2060

TOPICS = (
    "sme",
    "fdi",
    "rd",
    "semiconductors",
    "programme_funding",
    "structure",
    "human_capital",
    "context",
)
PLACE_KINDS = ("economy", "hub", "cluster", "programme_region", "world_region", "aggregate")
INDUSTRY_TYPES = (
    "traditional_manufacturing",
    "natural_resource_based",
    "complex_product_systems",
    "specialised_suppliers",
    "science_based",
)
GOVERNANCE_SCALES = ("local", "subnational", "national", "transnational")
CLUSTER_FIRM_SCALES = ("sme_dominated", "mixed", "tnc_dominated")
FIRM_SCALES = ("all", "micro", "small", "sme", "large")
ROLES = ("manufacturing", "design", "R&D", "assembly_test", "mixed")
QUALIFIERS = ("exact", "approximate", "at_least", "at_most", "range")
SCOPES = ("all", "private_sector", "industrial", "manufacturing", "services", "unspecified")
ADMIN1_RELATIONS = ("made_of", "lies_in")
BASES = ("source", "curator")
YEAR_BASES = ("stated", "publication", "unstated")
RATINGS = ("strong", "weak", "unrated")
LESSON_KINDS = ("advice", "finding", "definition")
# Whom a paper addresses a lesson to; `policy` is public policy without a level named.
ADDRESSEES = ("firms", "regions", "ministries", "policy")
GLOSSARY_TOPICS = (
    "clusters",
    "learning and innovation",
    "value chains",
    "firms and industries",
    "policy",
    "statistics",
    "semiconductors",
)
LEARNING = ("strong", "limited", "none", "unrated")
FAB_STATUSES = ("operating", "listed", "pilot", "construction", "planned")
PUBLISHER_TYPES = (
    "official_statistics",
    "government",
    "international_organisation",
    "academic",
    "seed",
    "industry_association",
    "press",
    "other",
    "calculation",
)
