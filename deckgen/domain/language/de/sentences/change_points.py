"""Sentences of changes of level."""

SENTENCES = {
    "change_points.fell.day": "{measure} je {grain} {measure:sank|sanken} {date:im} von {old} auf {new}",
    "change_points.fell.other": "{measure} je {grain} {measure:sank|sanken} {date:im} von {old} auf {new}",
    "change_points.fell.week": "{measure} je {grain} {measure:sank|sanken} {date:im} von {old} auf {new}",
    "change_points.rose.day": "{measure} je {grain} {measure:stieg|stiegen} {date:im} von {old} auf {new}",
    "change_points.rose.other": "{measure} je {grain} {measure:stieg|stiegen} {date:im} von {old} auf {new}",
    "change_points.rose.week": "{measure} je {grain} {measure:stieg|stiegen} {date:im} von {old} auf {new}",
    "change_points.fell.group.day": "{name}: {measure} je {grain} {measure:sank|sanken} {date:im} von {old} auf {new}",
    "change_points.fell.group.other": "{name}: {measure} je {grain} {measure:sank|sanken} {date:im} von {old} auf {new}",
    "change_points.fell.group.week": "{name}: {measure} je {grain} {measure:sank|sanken} {date:im} von {old} auf {new}",
    "change_points.rose.group.day": "{name}: {measure} je {grain} {measure:stieg|stiegen} {date:im} von {old} auf {new}",
    "change_points.rose.group.other": "{name}: {measure} je {grain} {measure:stieg|stiegen} {date:im} von {old} auf {new}",
    "change_points.rose.group.week": "{name}: {measure} je {grain} {measure:stieg|stiegen} {date:im} von {old} auf {new}",
    "change_points.bend": "{measure} {measure:nahm|nahmen} {when} einen anderen Lauf: von {old} auf {turn}, dann auf {new}",
    "change_points.bend.group": "{measure} von {name} {measure:nahm|nahmen} {when} einen anderen Lauf: von {old} auf {turn}, dann auf {new}",
    "change_points.path": "zuerst waren es {level}",
    "change_points.path.next": "{before}, ab {date:dem} sind es {level}",
    "change_points.steady": "{measure} {measure:verlief|verliefen} stetig, von {old} {first:im} auf {new} {last:im}, ohne Sprung",
    "change_points.none": "{measure:bei} zeigt sich kein Sprung: etwa {level} je {grain}",
    "change_points.ends": "die Daten reichen von {first} bis {last}",
}  # fmt: skip
