"""Worlds that make labelled bills, each built another way."""
