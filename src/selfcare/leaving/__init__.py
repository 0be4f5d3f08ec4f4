"""leaving"""
