package dev.midwrite.controller.store;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Of all that Redis says of itself, what can explain why a session is gone. */
final class RedisStatistics {
    private static final List<String> FIELDS = List.of(
            "redis_version",
            "run_id",
            "uptime_in_seconds",
            "role",
            "connected_slaves",
            "master_repl_offset",
            "used_memory",
            "maxmemory",
            "maxmemory_policy",
            "evicted_keys",
            "expired_keys",
            "rdb_changes_since_last_save",
            "rdb_last_save_time",
            "aof_enabled");
    private static final List<String> PARAMETERS = List.of("save", "appendonly");
    private static final Pattern DATABASE = Pattern.compile("db[0-9]+");
    private static final Pattern KEYS = Pattern.compile("keys=([0-9]+)");
    private static final Pattern CALLS = Pattern.compile("calls=([0-9]+)");
    private static final Pattern COUNT = Pattern.compile("count=([0-9]+)");

    private RedisStatistics() {}

    static Map<String, String> of(RedisConnection connection) {
        Map<String, String> info = connection.info();
        Map<String, String> told = new LinkedHashMap<>();
        FIELDS.stream().filter(info::containsKey).forEach(field -> told.put(field, info.get(field)));
        PARAMETERS.forEach(parameter -> told.put(parameter, connection.config(parameter)));
        told.put("keys", Long.toString(sum(info, DATABASE, KEYS)));
        told.put("flushes", Long.toString(sum(info, Pattern.compile("cmdstat_flush(all|db)"), CALLS)));
        told.put("rejected_for_memory", Long.toString(sum(info, Pattern.compile("errorstat_OOM"), COUNT)));
        return Map.copyOf(told);
    }

    private static long sum(Map<String, String> info, Pattern field, Pattern number) {
        return info.entrySet().stream()
                .filter(entry -> field.matcher(entry.getKey()).matches())
                .map(entry -> number.matcher(entry.getValue()))
                .filter(Matcher::find)
                .mapToLong(matcher -> Long.parseLong(matcher.group(1)))
                .sum();
    }
}
