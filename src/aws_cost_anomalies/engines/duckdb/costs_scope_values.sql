SELECT {{keys}} FROM scopes ORDER BY scope
