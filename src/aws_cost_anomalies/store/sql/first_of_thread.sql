-- The platform's name of the first message of a thread in a channel.
SELECT reference
FROM alerts
WHERE channel = {{channel}} AND reference <> '' AND json_extract_string(message, '$.thread') = {{thread}}
ORDER BY created_at, alert_id
LIMIT 1;
