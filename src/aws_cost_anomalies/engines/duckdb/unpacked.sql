GETVARIABLE({{texts}})[COALESCE(
    LIST_POSITION(GETVARIABLE({{marks}}), {{packed}} & GETVARIABLE({{bits}})),
    ERROR('a text is there that was not there before')
)]
