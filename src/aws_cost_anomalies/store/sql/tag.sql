Tags[{{key}}]
