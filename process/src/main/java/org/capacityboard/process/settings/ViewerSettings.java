package org.capacityboard.process.settings;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How people look at the dashboards without Grafana.
 *
 * @param dashboards folder with the dashboard files; null for those of this release
 * @param queryTimeout a query that runs longer is cut
 * @param rowLimit rows that one query returns at most
 * @param connections connections to the database at most, and so queries at the same time
 * @param accessToken what a person must know who looks; null if nobody is asked
 * @param userHeader header in which a reverse proxy names the user; null if there is none
 */
public record ViewerSettings(
        @Nullable Path dashboards,
        Duration queryTimeout,
        int rowLimit,
        int connections,
        @Nullable Secret accessToken,
        @Nullable String userHeader) {}
