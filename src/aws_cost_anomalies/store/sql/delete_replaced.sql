DELETE FROM daily_cost_summary WHERE {{replaced}};
