SELECT * FROM read_json(
    [{{paths}}], format = 'newline_delimited', columns = { {{columns|@: 'VARCHAR'}} }
)
