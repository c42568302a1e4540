"""How lists are joined."""

SENTENCES = {
    "list.and": "{others} and {last}",
    "list.or": "{others} or {last}",
}
