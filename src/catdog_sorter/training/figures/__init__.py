"""Figures and reports of training and evaluation. Draws; decides nothing."""
