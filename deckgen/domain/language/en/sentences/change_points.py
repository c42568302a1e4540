"""Sentences of changes of level."""

SENTENCES = {
    "change_points.rose.day": "{measure} a {grain} rose from {old} to {new} on {date}",
    "change_points.fell.day": "{measure} a {grain} fell from {old} to {new} on {date}",
    "change_points.rose.other": "{measure} a {grain} rose from {old} to {new} in {date}",
    "change_points.rose.week": "{measure} a {grain} rose from {old} to {new} in the {date}",
    "change_points.fell.other": "{measure} a {grain} fell from {old} to {new} in {date}",
    "change_points.fell.week": "{measure} a {grain} fell from {old} to {new} in the {date}",
    "change_points.rose.group.day": "{name}: {measure} a {grain} rose from {old} to {new} on {date}",
    "change_points.fell.group.day": "{name}: {measure} a {grain} fell from {old} to {new} on {date}",
    "change_points.rose.group.other": "{name}: {measure} a {grain} rose from {old} to {new} in {date}",
    "change_points.rose.group.week": "{name}: {measure} a {grain} rose from {old} to {new} in the {date}",
    "change_points.fell.group.other": "{name}: {measure} a {grain} fell from {old} to {new} in {date}",
    "change_points.fell.group.week": "{name}: {measure} a {grain} fell from {old} to {new} in the {date}",
    "change_points.bend": "{measure} took another course {when}: from {old} to {turn}, then to {new}",
    "change_points.bend.group": "{measure} of {name} took another course {when}: from {old} to {turn}, then to {new}",
    "change_points.path": "it was {level} at first",
    "change_points.path.next": "{before}, {level} from {date}",
    "change_points.steady": "{measure} moved steadily, without a jump: {old} in {first}, {new} in {last}",
    "change_points.none": "no change of level shows for {measure}: about {level} a {grain}",
    "change_points.ends": "the data run from {first} to {last}",
}  # fmt: skip
