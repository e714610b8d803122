"""When does one design beat another, which designs are worth looking at, and what would be worth measuring better?"""
