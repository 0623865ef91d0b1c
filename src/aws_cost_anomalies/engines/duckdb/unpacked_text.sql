CASE WHEN {{of}}.mark IS NULL THEN ERROR('a text is there that was not there before') ELSE {{of}}."text" END AS {{called}}
