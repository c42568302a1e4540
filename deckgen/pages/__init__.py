"""The pages for people: the studio, where decks are made, and the console, for who is on call.

They call the same AsyncOrchestrator as the JSON API (deckgen/web), and never that API itself.
"""
