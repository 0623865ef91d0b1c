SELECT {{columns}} FROM {{table}} WHERE "$path" IN ({{files}})
