"""Kit: small tools without a notion of Stage. Imports nothing of Stage but itself."""
