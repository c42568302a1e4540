"""What stands around the answers: title, summary, notes, source."""

SENTENCES = {
    "source.line": "Source: {name}",
    "draft.title": "What the data in {name} say",
    "draft.proof": "The deck was computed from the uploaded table alone. Every number in it is the result of a query that comes with the deck.",
    "draft.not_padded": "It has fewer slides than it might have: nothing else in the table is strong enough.",
    "draft.question_was": "The question was: {question}",
    "draft.asked": "The title says what the answers to the brief add up to; each has a slide of its own.",
    "draft.scanned": "The title says what stands out in the table; each point has a slide of its own.",
    "story.question": "What do the data in {name} say?",
    "open.table_lacks": "Not answered: {reason}",
    "open.not_done": "Not answered: {reason}",
    "open.answered_in_part": "Answered in part: {reason}",
    "open.whole": "{open}: {headline}",
    "test.statistic": "{test}: statistic {statistic}, corrected p {q}",
    "based_on": "Based on {name}",
    "based_on.period": "Based on {name}, {period}",
    "scan.nothing": "Nothing else in the table stands out",
    "limits.small": "{subject}: {few} of {total} groups have fewer than five rows",
    "limits.small.fact": "small groups of {group}",
    "limits.groups.fact": "groups of {group}",
    "summary.slide": "{text} (slide {number})",
}
