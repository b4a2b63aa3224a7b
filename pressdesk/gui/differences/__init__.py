"""A difference on the screen: what is shown of it, how it looks, and how it is written down."""
