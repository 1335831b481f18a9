"""How stored articles are related: index, candidates, verification, stories."""
