INSERT INTO api_calls BY NAME
SELECT
    {{called_at}} AS called_at,
    {{service}} AS service,
    {{operation}} AS "operation",
    {{requests}} AS requests,
    {{usd}} AS usd,
    {{note}} AS note;
