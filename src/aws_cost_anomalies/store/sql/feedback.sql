SELECT anomaly_id, arg_max(feedback, given_at) AS feedback FROM feedback GROUP BY ALL ORDER BY ALL;
