"""The decentralised scheme (desentralisert ordning)."""
