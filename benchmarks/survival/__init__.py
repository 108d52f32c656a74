"""Kills, faults, damaged files and very many photos: does every photo survive?"""
