"""leaving/countries"""
