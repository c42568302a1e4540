"""From a deck's slides to scenes: which archetype a slide has, and what it places where."""
