SELECT * FROM read_csv(
    [{{paths}}],
    auto_detect = false, header = true, delim = ',', quote = '"', escape = '"',
    nullstr = ['', 'NULL'], allow_quoted_nulls = true, max_line_size = 16777216,
    columns = { {{columns|@: 'VARCHAR'}} }
)
