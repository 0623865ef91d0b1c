-- time
SELECT sum(a.range * b.range) FROM range(1000000000000) a, range(1000000000000) b
SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE a.range * b.range % 7 = 3
SELECT count(*) FROM daily_cost_summary a, daily_cost_summary b, daily_cost_summary c, daily_cost_summary d WHERE a.BilledCost + b.BilledCost + c.BilledCost > d.BilledCost
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i FROM n) SELECT count(*) FROM n
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n, range(1000)) SELECT count(*) FROM n
SELECT sum(length(sha256(range::VARCHAR))) FROM range(10000000000)
SELECT max(md5(md5(md5(range::VARCHAR)))) FROM range(100000000000)
SELECT count(DISTINCT hash(range) % 10) FROM range(1000000000000)
SELECT max(factorial((range % 30)::INT)) FROM range(100000000000)
SELECT count(*) FROM range(10000000000) WHERE regexp_matches(range::VARCHAR, '(1+)+(2+)+(3+)+$')
SELECT max(levenshtein(repeat('a', 5000), repeat('b', 5000 + (range % 9)::INT))) FROM range(1000000)
SELECT levenshtein(repeat('a', 200000), repeat('b', 200000))
SELECT damerau_levenshtein(repeat('ab', 9000), repeat('ba', 9000)) FROM range(1000)
SELECT regexp_replace(repeat('ab', 9000000), '(a|b|ab)*(c|d)+', 'x', 'g') FROM range(100)
SELECT list_reduce(range(100000000), lambda x, y: x + y % 7)
SELECT sum(list_sum(list_transform(range(100000), lambda x: x * range % 3))) FROM range(10000000)
SELECT length(list_aggregate(range(10000000), 'string_agg', ',')) FROM range(1000)
SELECT max(jaccard(repeat('abcdefgh', 10000) || range, repeat('hgfedcba', 10000))) FROM range(10000000)
SELECT avg(sin(range) * cos(range) + sqrt(range)) FROM range(1000000000000)
SELECT max(length(translate(repeat('a', 1000000) || range, 'a', 'b'))) FROM range(10000000)
SELECT count(*) FROM generate_series(DATE '0001-01-01', DATE '9999-12-31', INTERVAL 1 SECOND)
SELECT sum(x) FROM (SELECT sum(range) OVER (ORDER BY range ROWS BETWEEN 1000000 PRECEDING AND CURRENT ROW) AS x FROM range(100000000))
-- memory
SELECT length(repeat('x', 1500000000))
SELECT repeat('x', 1500000000)
SELECT repeat(repeat('x', 30000), 30000)
SELECT list(range) FROM range(1000000000)
SELECT range(1000000000)
SELECT string_agg(range::VARCHAR, ',') FROM range(1000000000)
SELECT array_agg(repeat('x', 10000)) FROM range(10000000)
SELECT lpad('x', 2000000000, 'y')
SELECT rpad('', 1900000000, 'ab')
SELECT histogram(range) FROM range(1000000000)
SELECT * FROM range(1000000000) ORDER BY hash(range) DESC
SELECT count(*) FROM (SELECT DISTINCT range FROM range(10000000000))
SELECT median(range) FROM range(10000000000)
SELECT map_from_entries(list_zip(range(100000000), range(100000000)))
SELECT list_resize([1], 2000000000, 7)
SELECT to_base64(repeat('x', 900000000)::BLOB) FROM range(3)
SELECT regexp_matches('a', '((((a{1,100}){1,100}){1,100}){1,100}){1,100}')
SELECT printf('%2000000000d', 1)
SELECT json_group_array(range) FROM range(1000000000)
SELECT list_cat(range(200000000), range(200000000))
SELECT string_split(repeat('a,', 200000000), ',')
SELECT row_number() OVER (ORDER BY hash(a.range)) FROM range(100000) a, range(100000) b
