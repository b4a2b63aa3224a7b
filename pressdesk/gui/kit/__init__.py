"""Building blocks of the areas: fields, dialogs, icons, colours. Knows no releases."""
