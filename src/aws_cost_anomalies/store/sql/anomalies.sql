-- Every anomaly with the last word of the people on it.
SELECT anomalies.*, said.feedback
FROM anomalies
LEFT JOIN (
    SELECT anomaly_id, arg_max(feedback, given_at) AS feedback FROM feedback GROUP BY ALL
) AS said USING (anomaly_id)
ORDER BY start_date, anomaly_id;
