"""How lists are joined."""

SENTENCES = {
    "list.quoted": "“{name}”",
    "list.and": "{some} and {last}",
    "list.times": "{some} times {last}",
    "list.or": "{some} or {last}",
}
