"""Why a line may be dropped, as `Structure` says."""

REASONS = frozenset(
    (
        "title",
        "date",
        "navigation",
        "share",
        "consent",
        "advertisement",
        "copyright",
        "disclaimer",
        "subscription",
        "byline",
        "source",
        "label",
    )
)
