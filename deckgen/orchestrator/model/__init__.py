"""The model engine: words from a language model, held to the same proof."""
