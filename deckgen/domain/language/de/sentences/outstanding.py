"""Sentences about what is not paid or not done yet."""

SENTENCES = {
    "outstanding.money": "{value} stehen noch aus, bei {rows} von {every} {things:dativ}",
    "outstanding.all": "{amount} {amount:kommt|kommen} über {rows} {things} auf {value}",
    "outstanding.rows": "{rows} von {every} {things:dativ} sind noch offen: {share}",
    "outstanding.none": "in dieser Tabelle sind keine {things} mehr offen",
    "outstanding.overdue": "davon waren {value} vor {date:dem} fällig, dem letzten Datum der Tabelle",
    "outstanding.most": "am meisten offen ist bei {name}: {value}, also {share} des Offenen",
    "outstanding.next": "dahinter liegt {name} mit {value}",
}
