MIN(
    CASE
        WHEN CAST({{column}} AS STRING) <> '' AND {{value}} IS NULL
            THEN STRUCT(`x_File`, CAST({{column}} AS STRING))
    END
)
