"""Builds the tables of `data/` from `inputs/`: the same bytes each time, without the network.

People write and collect under `inputs/`; these scripts turn that into the tables of the data
contract. Nobody edits the tables themselves: `python -m data.curation` writes them anew.
"""
