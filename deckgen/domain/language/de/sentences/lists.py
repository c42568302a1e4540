"""How lists are joined."""

SENTENCES = {
    "list.and": "{some} und {last}",
    "list.or": "{some} oder {last}",
}
