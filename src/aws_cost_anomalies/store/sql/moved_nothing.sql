-- What moved, where nothing is compared.
SELECT NULL::DATE AS "day", '' AS service, '' AS currency, 0 AS change WHERE false
