"""The register of deeds: what was done with editions, so that nobody can alter it unseen. Pure."""
