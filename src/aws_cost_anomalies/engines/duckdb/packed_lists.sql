-- What a packed number is read by: the texts of a column, the bits of the number that tell which, and what these are
-- for each of the texts.
SET VARIABLE {{texts}} = [{{values}}]::VARCHAR[];
SET VARIABLE {{bits}} = {{mask}}::UBIGINT;
SET VARIABLE {{marks}} = [{{masked}}]::UBIGINT[];
