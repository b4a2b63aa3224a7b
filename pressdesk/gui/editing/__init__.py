"""What a key or a button does to the text: each a function on a cursor, one undo step each."""
