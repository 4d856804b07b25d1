"""Backstage: worker processes that run models, and the protocol spoken with them."""
