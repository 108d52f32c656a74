"""How good a model is: metrics, intervals, evaluation, comparison."""
