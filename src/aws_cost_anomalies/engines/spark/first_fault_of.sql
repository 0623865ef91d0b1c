MIN(
    CASE
        WHEN CAST({{column}} AS STRING) <> '' AND {{value}} IS NULL
            THEN STRUCT(INPUT_FILE_NAME(), CAST({{column}} AS STRING))
    END
)
