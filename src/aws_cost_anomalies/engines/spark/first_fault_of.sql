MIN(
    CASE
        WHEN CAST({{column}} AS STRING) NOT IN ({{nothing}}) AND {{value}} IS NULL
            THEN STRUCT(`x_File`, CAST({{column}} AS STRING))
    END
)
