"""How strong news are, and how much what they are about matters: one scale for all kinds of news.

The scale is a share: a change, a distance, or a part of the variation by half is worth half, above what
a kind of news is worth as soon as it is clear. A turn is rarer than a rise, and so worth more.
"""

AT_LEAST = {
    "course": 0.2,
    "share": 0.2,
    "drivers": 0.2,
    "season": 0.2,
    "plan": 0.3,
    "shift": 0.3,
    "turn": 0.4,
    "outlier": 0.4,
}
PARTLY = {"season": 0.6}  # what comes round is known to many
IMPACT = (1.0, 0.6, 0.45, 0.4)  # of the measures, the one that matters most first
FLOOR = 0.1  # of strength times impact: less is not worth a slide


def strength(kind: str, size: float) -> float:
    """Returns how strong news of a kind are, from 0 to 1, by their size as a share."""
    return min(1.0, AT_LEAST[kind] + PARTLY.get(kind, 1.0) * size)
