"""How lists are joined."""

SENTENCES = {
    "list.and": "{some} and {last}",
    "list.or": "{some} or {last}",
}
