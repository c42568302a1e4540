"""The model engine: words by a language model, under the same proof."""
