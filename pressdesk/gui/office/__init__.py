"""What a desk on a server adds: joining it, its password, a cut line, and what others do."""
