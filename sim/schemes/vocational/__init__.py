"""The vocational scheme (desentralisert ordning yrkesfag)."""
