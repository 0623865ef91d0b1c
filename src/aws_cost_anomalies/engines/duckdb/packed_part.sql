HASH({{column}}) & {{mask}}::UBIGINT
