"""Figures of the product, each made by one command."""
