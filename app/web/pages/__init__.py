"""One frozen dataclass a page: the contract with its template."""
