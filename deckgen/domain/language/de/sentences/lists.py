"""How lists are joined."""

SENTENCES = {
    "list.quoted": "„{name}“",
    "list.and": "{some} und {last}",
    "list.times": "{some} mal {last}",
    "list.or": "{some} oder {last}",
}
