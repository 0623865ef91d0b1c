SELECT *
FROM api_calls
WHERE coalesce(called_at >= {{start}}::DATE AND called_at < {{end}}::DATE, true)
ORDER BY called_at;
