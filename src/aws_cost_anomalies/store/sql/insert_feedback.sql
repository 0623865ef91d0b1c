INSERT INTO feedback BY NAME
SELECT {{anomaly_id}} AS anomaly_id, {{feedback}} AS feedback, {{note}} AS note, {{given_at}} AS given_at;
