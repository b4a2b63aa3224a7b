"""What the areas are made of: fields, dialogs, icons, colours. Knows no release."""
