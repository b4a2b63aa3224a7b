"""Operations on releases: write, issue, import, move to the trash, restore."""
