"""HTTP only: routes, forms, pages, security."""
