-- totals
SELECT sum({m}) AS total FROM {t} WHERE {w}
SELECT CAST(sum({m}) AS DECIMAL(18, 2)) AS total, count(*) AS n FROM {t} WHERE {w} AND {m} IS NOT NULL
FROM {t} SELECT min({d}), max({d}), sum({m}) WHERE {w}
-- rankings
SELECT {x} AS x, sum(BilledCost) AS cost FROM {t} WHERE {w} GROUP BY 1 ORDER BY 2 DESC LIMIT 5
SELECT {x} AS x, sum(EffectiveCost) AS cost FROM {t} WHERE {w} GROUP BY ALL HAVING cost > 100 ORDER BY cost
SELECT {x} AS x, sum(BilledCost) AS c, 100 * c / sum(sum(BilledCost)) OVER () AS share FROM {t} WHERE {w} GROUP BY 1 ORDER BY share DESC NULLS LAST
SELECT x, c, rank() OVER (ORDER BY c DESC) FROM (SELECT {x} AS x, sum(EffectiveCost) AS c FROM {t} WHERE {w} GROUP BY 1)
-- over time
SELECT {d} AS day, sum({m}) FROM {t} WHERE {w} GROUP BY day ORDER BY day
SELECT date_trunc('month', {d}) AS month, sum({m}) FROM {t} WHERE {w} GROUP BY month ORDER BY month
SELECT date_trunc('week', {d})::DATE AS week, avg({m}), stddev({m}) FROM {t} WHERE {w} GROUP BY ALL
SELECT dayname({d}) AS weekday, sum({m}) / count(DISTINCT {d}) FROM {t} WHERE {w} GROUP BY ALL
SELECT strftime({d}, '%Y-%m') AS month, max({m}) FROM {t} WHERE {w} AND isodow({d}) < 6 GROUP BY 1
SELECT day, c, c - lag(c) OVER (ORDER BY day) AS moved FROM (SELECT {d} AS day, sum({m}) AS c FROM {t} WHERE {w} GROUP BY 1) ORDER BY day
SELECT day, avg(c) OVER (ORDER BY day ROWS BETWEEN 6 PRECEDING AND CURRENT ROW) AS week_mean FROM (SELECT {d} AS day, sum({m}) AS c FROM {t} WHERE {w} GROUP BY 1)
SELECT day, sum(c) OVER (PARTITION BY month(day) ORDER BY day) AS month_to_date FROM (SELECT {d} AS day, sum({m}) AS c FROM {t} WHERE {w} GROUP BY 1) QUALIFY day = last_day(day)
-- comparisons
SELECT {x} AS x, sum(BilledCost) FILTER ({d} < DATE '2026-07-01') AS a, sum(BilledCost) FILTER ({d} >= DATE '2026-07-01') AS b FROM {t} WHERE {w} GROUP BY 1 ORDER BY b - a DESC NULLS LAST
WITH a AS (SELECT {x} AS x, sum(BilledCost) AS c FROM {t} WHERE {w} AND billing_period = '2026-06' GROUP BY 1), b AS (SELECT {x} AS x, sum(BilledCost) AS c FROM {t} WHERE {w} AND billing_period = '2026-07' GROUP BY 1) SELECT coalesce(a.x, b.x) AS x, coalesce(b.c, 0) - coalesce(a.c, 0) AS moved FROM a FULL JOIN b ON a.x = b.x
SELECT {x} AS x, round(100 * (max(EffectiveCost) / nullif(median(EffectiveCost), 0) - 1), 1) AS percent FROM {t} WHERE {w} GROUP BY 1
WITH ranked AS (SELECT {x} AS x, {d} AS day, sum(BilledCost) AS c, row_number() OVER (PARTITION BY {x} ORDER BY sum(BilledCost) DESC) AS place FROM {t} WHERE {w} GROUP BY 1, 2) SELECT x, day, c FROM ranked WHERE place = 1
-- two dimensions
SELECT {x} AS x, {y} AS y, sum(BilledCost) AS c FROM {t} WHERE {w} GROUP BY x, y ORDER BY c DESC LIMIT 10
SELECT {x} AS x, {y} AS y, sum(BilledCost) FROM {t} WHERE {w} GROUP BY ROLLUP (1, 2) ORDER BY ALL
SELECT {x} AS x, arg_max({y}, BilledCost) AS dearest, max(BilledCost) FROM {t} WHERE {w} GROUP BY 1
SELECT {x} AS x, count(DISTINCT {y}) AS kinds, string_agg(DISTINCT {y}, ', ' ORDER BY {y}) FROM {t} WHERE {w} GROUP BY 1
-- statistics
SELECT ServiceName, quantile_cont({m}, [0.5, 0.9, 0.99]) FROM {t} WHERE {w} GROUP BY 1
SELECT ServiceName, mad({m}), median({m}), skewness({m}) FROM {t} WHERE {w} GROUP BY 1
SELECT regr_slope(c, n), corr(c, n) FROM (SELECT date_diff('day', DATE '2026-05-01', {d}) AS n, sum({m})::DOUBLE AS c FROM {t} WHERE {w} GROUP BY 1)
WITH days AS (SELECT {d} AS day, sum({m})::DOUBLE AS c FROM {t} WHERE {w} GROUP BY 1), s AS (SELECT median(c) AS middle, mad(c) AS spread FROM days) SELECT day, c FROM days, s WHERE abs(c - middle) > 3 * 1.4826 * spread ORDER BY day
SELECT histogram(round({m}, 0)) FROM {t} WHERE {w} AND {m} > 1000
-- calendars
SELECT d::DATE AS day, coalesce(sum(c.{m}), 0) FROM generate_series(DATE '2026-07-01', DATE '2026-07-31', INTERVAL 1 DAY) AS g(d) LEFT JOIN {t} c ON c.{d} = g.d::DATE AND c.{w} GROUP BY 1 ORDER BY 1
SELECT unnest(range(DATE '2026-05-01', DATE '2026-06-01', INTERVAL 1 DAY))::DATE EXCEPT SELECT {d} FROM {t} WHERE {w} ORDER BY 1
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12) SELECT i, monthname(make_date(2026, i, 1)) FROM n
SELECT days_in_month(max({d})) - day(max({d})) AS left_in_month FROM {t}
SELECT max({d}) - INTERVAL 7 DAY AS since, current_date - max({d}) AS behind FROM {t}
SELECT time_bucket(INTERVAL 14 DAY, {d}) AS fortnight, sum(BilledCost) FROM {t} GROUP BY ALL ORDER BY ALL
SELECT * FROM (VALUES ('Usage', 1), ('Tax', 2)) AS v(category, place) JOIN {t} ON ChargeCategory = category LIMIT 3
-- shapes
FROM (PIVOT (SELECT ServiceName, ChargeCategory, BilledCost FROM {t}) ON ChargeCategory IN ('Usage', 'Tax', 'Credit') USING sum(BilledCost))
SELECT * FROM (SELECT ServiceName, sum(BilledCost) AS billed, sum(EffectiveCost) AS effective FROM {t} GROUP BY 1) UNPIVOT (cost FOR metric IN (billed, effective))
DESCRIBE {t}
SUMMARIZE SELECT ServiceName, BilledCost FROM {t}
SHOW TABLES
TABLE {t} LIMIT 2
SELECT * EXCLUDE (Tags, x_LineItems) FROM {t} USING SAMPLE 5 ROWS
SELECT COLUMNS('.*Cost$') FROM {t} LIMIT 3
SELECT DISTINCT ON (ServiceName) ServiceName, {d}, BilledCost FROM {t} ORDER BY ServiceName, BilledCost DESC
SELECT s.name, s.total FROM (SELECT {'name': ServiceName, 'total': sum(BilledCost)} AS s FROM {t} GROUP BY ServiceName)
SELECT ServiceName FROM {t} WHERE {w} INTERSECT SELECT ServiceName FROM {t} WHERE ChargeCategory = 'Credit'
SELECT ServiceName, (SELECT sum(BilledCost) FROM {t} i WHERE i.ServiceName = o.ServiceName) FROM (SELECT DISTINCT ServiceName FROM {t}) o
SELECT o.ServiceName, l.day FROM (SELECT DISTINCT ServiceName FROM {t}) o, LATERAL (SELECT max({d}) AS day FROM {t} i WHERE i.ServiceName = o.ServiceName) l
SELECT EXISTS (FROM {t} WHERE BilledCost < 0) AS has_credits
SELECT max(BilledCost) /* of all; really */ FROM main.{t}; -- the largest
VALUES (1, 'a'), (2, 'b')
-- tags and text
SELECT key, count(*) FROM (SELECT unnest(map_keys(Tags)) AS key FROM {t}) GROUP BY 1
SELECT sum(BilledCost) FROM {t} WHERE Tags['team'] IS NULL AND ChargeCategory = 'Usage'
SELECT coalesce(Tags['env'], 'none') AS env, sum(BilledCost) FROM {t} GROUP BY 1
SELECT regexp_extract(x_UsageType, '([A-Z0-9]+)-', 1) AS place, sum(BilledCost) FROM {t} GROUP BY 1
SELECT split_part(x_UsageType, ':', 2) AS size, sum(ConsumedQuantity) FROM {t} WHERE x_UsageType LIKE '%BoxUsage%' GROUP BY 1
SELECT ServiceName FROM {t} WHERE ServiceName ILIKE '%storage%' OR contains(lower(ServiceName), 'database') GROUP BY 1
SELECT replace(ServiceName, 'Amazon ', '') AS short, length(ServiceName) FROM {t} GROUP BY ALL
SELECT CASE WHEN x_ChargeType = 'Refund' THEN 'back' WHEN BilledCost < 0 THEN 'credit' ELSE 'spent' END AS way, sum(BilledCost) FROM {t} GROUP BY 1
SELECT list(DISTINCT RegionId ORDER BY RegionId) AS regions, len(list(DISTINCT RegionId)) FROM {t}
SELECT list_transform([1, 2, 3], lambda x: x * 2), list_filter(list(DISTINCT RegionId), lambda r: r LIKE 'eu%') FROM {t}
SELECT printf('%.2f', sum(BilledCost)::DOUBLE), ServiceName || ' ' || count(*) FROM {t} GROUP BY ServiceName
SELECT json_object('service', ServiceName, 'cost', sum(BilledCost)) FROM {t} GROUP BY ServiceName
SELECT 'DROP TABLE runs; -- operation=''Delete'' read_csv(''/etc/passwd'')' AS only_text
-- other tables
SELECT data_source, billing_period, max(load_id), max(loaded_at) FROM ingestion_log GROUP BY 1, 2
SELECT t.metric, t.total FROM (SELECT unnest(totals) AS t FROM ingestion_log)
SELECT r.day, r.service, r.change FROM (SELECT unnest(restated) AS r FROM ingestion_log) ORDER BY abs(r.change) DESC
SELECT * FROM ingestion_log QUALIFY row_number() OVER (PARTITION BY data_source, "export", billing_period ORDER BY load_id DESC) = 1
SELECT anomaly_id, kind, severity, impact.total_impact FROM anomalies ORDER BY abs(impact.total_impact) DESC
SELECT scope['ServiceName'] AS service, sum(impact.total_impact) FROM anomalies WHERE status <> 'withdrawn' GROUP BY 1
SELECT c.scope, c.contribution FROM (SELECT unnest(root_causes) AS c FROM anomalies)
SELECT a.anomaly_id, f.feedback FROM anomalies a LEFT JOIN feedback f USING (anomaly_id)
SELECT feedback, count(*) FROM feedback GROUP BY 1
SELECT reason, delivery, count(*) FROM alerts GROUP BY ALL
SELECT started_at::DATE, is_good, summary FROM runs ORDER BY started_at DESC LIMIT 7
SELECT operation, sum(requests), sum(usd) FROM api_calls GROUP BY 1
SELECT dimension_value, total_impact FROM aws_anomalies WHERE end_date IS NULL
SELECT o.total_impact - t.impact.total_impact FROM aws_anomalies o JOIN anomalies t USING (start_date)
