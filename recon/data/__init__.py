"""Tables that people may read and edit: words, products, weights."""
