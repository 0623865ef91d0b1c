CREATE OR REPLACE VIEW cost_line_items AS {{select}};
