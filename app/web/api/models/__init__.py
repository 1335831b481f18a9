"""What the API answers with, as pydantic models: the OpenAPI document is made from them."""
