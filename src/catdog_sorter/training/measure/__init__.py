"""Measures models: metrics, confidence intervals, evaluation, comparison."""
