-- What is billed hour by hour: one row per resource and usage type of a made-up organization.
CREATE OR REPLACE TEMP TABLE lines AS
WITH kinds AS (
    -- Some kinds of usage have many resources, most have few.
    SELECT line, (pow((hash(line, 'kind') % 1000000) / 1e6, 2) * {{kinds}})::BIGINT AS kind
    FROM range({{lines}}) AS numbers (line)
),
chosen AS (
    SELECT
        line,
        (hash(kind, 'account') % {{accounts}})::BIGINT AS account,
        (hash(kind, 'service') % 20)::BIGINT AS service,
        (hash(kind, 'region') % 6)::BIGINT AS region,
        (hash(kind, 'type') % 12)::BIGINT AS usage,
        (hash(line, 'price') % 1000000) / 4000000.0 + 0.0001 AS rate,
        (hash(line, 'bought') % 100)::BIGINT AS bought
    FROM kinds
),
named AS (
    SELECT
        *,
        ['us-east-1', 'us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-1', 'sa-east-1'][region + 1] AS region_name,
        ['', 'USW2-', 'EUW1-', 'EUC1-', 'APS1-', 'SAE1-'][region + 1] AS prefix,
        ([
            'AmazonEC2', 'AmazonRDS', 'AmazonS3', 'AWSLambda', 'AmazonDynamoDB', 'AmazonCloudWatch', 'AmazonECS',
            'AmazonEKS', 'AmazonVPC', 'AmazonElastiCache', 'AWSELB', 'AmazonRedshift', 'AmazonRoute53', 'AmazonSNS',
            'AWSQueueService', 'AmazonKinesis', 'AmazonES', 'AWSGlue', 'AmazonAthena', 'awskms'
        ])[service + 1] AS code,
        CASE
            WHEN bought < 85 THEN 'Usage'
            WHEN bought < 92 THEN 'SavingsPlanCoveredUsage'
            WHEN bought < 96 THEN 'DiscountedUsage'
            WHEN bought < 98 THEN 'SavingsPlanNegation'
            WHEN bought < 99 THEN 'Tax'
            ELSE 'Credit'
        END AS line_type
    FROM chosen
)
SELECT
    *,
    format('{:012d}', 100000000000 + account * 7919) AS account_id,
    format('account-{}', account) AS account_name,
    format('{}{}:{}.{}xlarge', prefix, 'Type' || service % 3, 'm' || usage, usage) AS usage_type,
    format('{} per unit of {} in {}', rate, usage, region_name) AS description,
    'Operation' || usage % 5 AS operation,
    CASE WHEN usage % 3 = 0 THEN 'GB-Mo' ELSE 'Hrs' END AS unit,
    format('arn:aws:{}:{}:{}:resource/{:016x}', lower(code), region_name, account, hash(line, 'id')) AS resource,
    MAP {'user_team': 'team-' || account % 9, 'user_env': CASE WHEN line % 3 = 0 THEN 'prod' ELSE 'dev' END} AS tags,
    MAP {'product_name': 'Product ' || code, 'group': 'group-' || usage, 'region': region_name, 'vcpu': usage::VARCHAR} AS product,
    MAP {'unit': 'unit-' || account % 4} AS cost_category,
    rate::VARCHAR AS rate_text,
    sha256(line::VARCHAR) AS rate_id
FROM named;

CREATE OR REPLACE TEMP TABLE hours AS
SELECT
    hour,
    TIMESTAMP {{month}} + to_hours(hour) AS started,
    strftime(started, '%Y-%m-%dT%H:%M:%SZ/') || strftime(started + INTERVAL 1 HOUR, '%Y-%m-%dT%H:%M:%SZ') AS lasted
FROM range({{hours}}) AS numbers (hour);
